import { resolve } from 'node:path'
import { type Connection, connectPostgres, migrateToLatest, openEmbedded, pendingMigrations } from '@kickstartmyai/db'
import { migrateJobs, systemClock } from '@kickstartmyai/domain'
import type { Logger } from 'pino'
import type { Env } from './env.ts'
import { rootFolder } from './load-env-file.ts'

/** Where the embedded database and generated secrets are kept; relative to the top folder. */
export function dataDirectory(env: Env): string {
  return resolve(rootFolder, env.DATA_DIR)
}

/**
 * Opens the database that is configured and makes sure that it fits this version. The embedded one is migrated here; a
 * server's by `pnpm db:migrate`, or here with MIGRATE_ON_START=1. Throws when migrations are missing.
 */
export async function openDatabase(env: Env, log: Logger): Promise<Connection> {
  const { DATABASE_URL: url, DATABASE_POOL_SIZE: poolSize, DATABASE_PREPARE: prepare } = env
  const onError = (err: Error) => log.warn({ err }, 'a database connection broke')
  const connection = url ? connectPostgres({ url, poolSize, prepare, onError }) : await openEmbedded(dataDirectory(env))
  try {
    if (url && env.MIGRATE_ON_START) {
      // A migration may take as long as its table is large.
      const patient = connectPostgres({ url, poolSize: 1, prepare, statementMs: 0, onError })
      try {
        await migrate(patient, log)
      } finally {
        await patient.close()
      }
    } else if (url) await checkSchema(connection)
    else await migrate(connection, log)
  } catch (error) {
    await connection.close()
    throw error
  }
  return connection
}

async function migrate(connection: Connection, log: Logger): Promise<void> {
  const ran = await migrateToLatest(connection.db)
  const sql = connection.openSqlRunner()
  try {
    await migrateJobs(sql, { clock: systemClock, log })
  } finally {
    await sql.close()
  }
  if (ran.length > 0) log.info({ migrations: ran }, 'the database was migrated')
}

async function checkSchema({ db }: Connection): Promise<void> {
  const missing = await pendingMigrations(db)
  if (missing.length > 0) {
    throw new Error(`The database lacks ${missing.length} migrations. Run pnpm db:migrate, or set MIGRATE_ON_START=1.`)
  }
}
