import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the process holds in memory once its garbage is collected, from /proc/<pid>/status (Linux; see proc(5)). */
export async function residentKilobytes(pid: number): Promise<number> {
  // What the first collection finalises, the second one frees.
  for (let round = 0; round < 2; round += 1) {
    process.kill(pid, 'SIGUSR2')
    await sleep(1000)
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? Number.NaN)
}
