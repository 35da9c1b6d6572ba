import { readFileSync } from 'node:fs'

/** The most memory that a process ever held, from Linux' /proc (proc(5), VmHWM). */
export function peakMegabytes(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
