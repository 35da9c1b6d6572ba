import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Thrown when another process already works on the data directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse'

  constructor(directory: string, holder: string) {
    super(
      `The data directory ${directory} is in use by another KickStartMyAI process${holder}. ` +
        `Stop that one first, or start this one with another DATA_DIR (or with DATABASE_URL for a shared PostgreSQL).`,
    )
  }
}

/**
 * Takes the data directory for this process alone, and gives the function that lets it go. The lock is an open SQLite
 * transaction: the kernel releases it when the process ends, however it ends, so there is no stale lock to clean up.
 */
export function lockDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const pidFile = join(directory, 'server.pid')
  const lock = new DatabaseSync(join(directory, 'server.lock'))
  try {
    lock.exec('begin exclusive')
  } catch {
    lock.close()
    throw new DataDirectoryInUse(directory, holderOf(pidFile))
  }
  writeFileSync(pidFile, String(process.pid))
  return () => lock.close()
}

function holderOf(pidFile: string): string {
  try {
    return ` (pid ${readFileSync(pidFile, 'utf8')})`
  } catch {
    return ''
  }
}
