import { readdirSync, readFileSync } from 'node:fs'
import { cpuSeconds } from './cpu-seconds.ts'

/** What all PostgreSQL processes of this machine have used so far, in seconds; one that ends takes its time along. */
export function databaseCpuSeconds(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.reduce((sum, pid) => sum + (isPostgres(pid) ? cpuSeconds(Number(pid)) : 0), 0)
}

function isPostgres(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
  } catch {
    // It has ended since.
    return false
  }
}
