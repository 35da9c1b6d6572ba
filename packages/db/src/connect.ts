import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Connection } from './connection.ts'
import type { Schema } from './database.ts'
import { preparingClient } from './preparing-client.ts'
import { createSqlRunner } from './sql-runner.ts'

export interface ConnectOptions {
  /** A PostgreSQL ≥ 15 connection string. */
  url: string
  /** Largest number of open connections. */
  poolSize: number
  /** Whether statements are prepared; not behind a pooler that hands connections around without minding them. */
  prepare?: boolean
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onError: (error: Error) => void
}

/** Opens a pool on a PostgreSQL server. Connects lazily: the first statement tells whether the server is there. */
export function connectPostgres({ url, poolSize, prepare = true, onError }: ConnectOptions): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'kickstartmyai',
    ...(prepare && { Client: preparingClient() }),
  })
  pool.on('error', onError)
  // One that breaks while it is lent out says so twice; the failure of whatever was asked of it is enough.
  pool.on('connect', (client) => client.on('error', () => {}))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const openSqlRunner = () => {
    const own = new pg.Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: 10_000,
      query_timeout: 60_000,
      keepAlive: true,
      application_name: 'kickstartmyai jobs',
    })
    own.on('error', onError)
    return createSqlRunner(own, 'replace', () => own.end())
  }
  return { db, kind: 'postgres', openSqlRunner, close: () => db.destroy() }
}
