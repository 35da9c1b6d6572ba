import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves when `holds` does; throws, naming `what`, when it does not within `ms` milliseconds. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 120_000): Promise<void> {
  const deadline = performance.now() + ms
  for (let pause = 5; !(await holds()); pause = Math.min(pause * 1.5, 200)) {
    if (performance.now() > deadline) throw new Error(`not within ${ms / 1000} s: ${what}`)
    await sleep(pause)
  }
}
