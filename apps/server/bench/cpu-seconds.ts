import { readFileSync } from 'node:fs'

/** Clock ticks a second in /proc (sysconf(_SC_CLK_TCK)), which is 100 on every Linux that Node runs on. */
const ticksPerSecond = 100

/** The processor time that a process has used so far, in seconds, from /proc/<pid>/stat (Linux; see proc(5)). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name in parentheses may hold spaces; utime and stime are the 14th and 15th fields of the line.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
