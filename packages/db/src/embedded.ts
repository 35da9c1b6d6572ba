import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Connection } from './connection.ts'
import { lockDataDirectory } from './data-directory-lock.ts'
import type { Schema } from './database.ts'
import { createSqlRunner } from './sql-runner.ts'

/**
 * Opens PostgreSQL inside this process, kept in `dataDir`, or in memory when that is null. One process at a time:
 * throws DataDirectoryInUse. What is committed survives a killed process; a power cut may lose the last moments.
 */
export async function openEmbedded(dataDir: string | null): Promise<Connection> {
  const unlock = dataDir === null ? () => {} : lockDataDirectory(dataDir)
  try {
    const lite = await PGlite.create(dataDir === null ? 'memory://' : join(dataDir, 'postgres'))
    return wrap(lite, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** Makes a Connection of an open PGlite: the same `pg` pool and dialect as for a server, with a single connection. */
export function wrap(lite: PGlite, onClosed: () => void): Connection {
  const pool = new pg.Pool(createPgConfig(lite))
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    await lite.close()
    onClosed()
  }
  return { db, kind: 'embedded', openSqlRunner: () => createSqlRunner(pool, 'roll back', async () => {}), close }
}
