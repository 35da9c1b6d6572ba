import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Connection } from '../connection.ts'
import { wrap } from '../embedded.ts'
import { migrateToLatest } from '../migrate.ts'
import { migrationsHash } from './migrations-hash.ts'

/** A migrated PGlite in memory, loaded from a template on disk since initialising one takes ten times as long. */
export async function createEmbeddedTestDatabase(): Promise<Connection> {
  const lite = await PGlite.create({ dataDir: 'memory://', loadDataDir: await template() })
  return wrap(lite, () => {})
}

async function template(): Promise<Blob> {
  const folder = join(tmpdir(), 'kickstartmyai-test')
  const file = join(folder, `pglite-${migrationsHash()}.tar`)
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    const made = `${file}.${process.pid}`
    writeFileSync(made, await makeTemplate())
    renameSync(made, file)
  }
  return new Blob([readFileSync(file)])
}

async function makeTemplate(): Promise<Uint8Array> {
  const lite = await PGlite.create('memory://')
  const connection = wrap(lite, () => {})
  await migrateToLatest(connection.db)
  const dump = await lite.dumpDataDir('none')
  await connection.close()
  return new Uint8Array(await dump.arrayBuffer())
}
