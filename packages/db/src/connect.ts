import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Connection } from './connection.ts'
import type { Schema } from './database.ts'

export interface ConnectOptions {
  /** A PostgreSQL ≥ 15 connection string. */
  url: string
  /** Largest number of open connections. */
  poolSize: number
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onError: (error: Error) => void
}

/** Opens a pool on a PostgreSQL server. Connects lazily: the first statement tells whether the server is there. */
export function connectPostgres({ url, poolSize, onError }: ConnectOptions): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'kickstartmyai',
  })
  pool.on('error', onError)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return { db, kind: 'postgres', close: () => db.destroy() }
}
