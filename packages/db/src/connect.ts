import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Connection } from './connection.ts'
import type { Schema } from './database.ts'
import { breakOff, impatientClient } from './impatient-client.ts'
import { preparingClient } from './preparing-client.ts'
import { createSqlRunner } from './sql-runner.ts'

export interface ConnectOptions {
  /** A PostgreSQL ≥ 15 connection string. */
  url: string
  /** Largest number of open connections. */
  poolSize: number
  /** Whether statements are prepared; not behind a pooler that hands connections around without minding them. */
  prepare?: boolean
  /** How long a statement may take, in milliseconds, before its connection is taken for dead; 0 for as long as it likes. */
  statementMs?: number
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onError: (error: Error) => void
}

/** Opens a pool on a PostgreSQL server. Connects lazily: the first statement tells whether the server is there. */
export function connectPostgres(options: ConnectOptions): Connection {
  const { url, onError } = options
  const pool = openPool(options)
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

function openPool({ url, poolSize, prepare = true, statementMs = 10_000, onError }: ConnectOptions): pg.Pool {
  const idle = new Set<pg.Client>()
  const Client = impatientClient(() => {
    onError(new Error(`The database left a statement without an answer for ${statementMs} ms`))
    // Those that wait for work went the same way through the network; each would cost the next statement as long again.
    for (const client of idle) breakOff(client)
  })
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'kickstartmyai',
    Client: prepare ? preparingClient(Client) : Client,
    ...(statementMs > 0 && { query_timeout: statementMs }),
    // A transaction whose process has vanished lets go of its locks. A pooler need not know the setting.
    ...(prepare && statementMs > 0 && { idle_in_transaction_session_timeout: statementMs }),
  })
  pool.on('error', onError)
  // One that breaks while it is lent out says so twice; the failure of whatever was asked of it is enough.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('acquire', (client) => idle.delete(client))
  pool.on('remove', (client) => idle.delete(client))
  pool.on('release', (_error, client) => idle.add(client))
  return pool
}
