import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createReadPace } from '../src/read-pace.ts'

/** Keeps the event loop busy, as a loaded server is, and reads all the while. */
async function readUnderLoad(pace: () => number, ms: number): Promise<number> {
  const until = performance.now() + ms
  let longest = 0
  while (performance.now() < until) {
    const spin = performance.now() + 20
    while (performance.now() < spin);
    longest = Math.max(longest, pace())
    await new Promise((resolve) => setImmediate(resolve))
  }
  return longest
}

test('streams are read at once while there is time to spare', async () => {
  const pace = createReadPace(() => 1000)
  for (let look = 0; look < 5; look++) {
    await sleep(60)
    expect(pace()).toBe(0)
  }
})

test('a busy process reads less often, and as soon as it is relieved at once again', async () => {
  const pace = createReadPace(() => 1000)
  expect(await readUnderLoad(pace, 1500)).toBe(250)
  await expect
    .poll(
      async () => {
        await sleep(60)
        return pace()
      },
      { timeout: 20_000 },
    )
    .toBe(0)
})

test('a few streams are read at once, however busy the process is', async () => {
  const pace = createReadPace(() => 100)
  expect(await readUnderLoad(pace, 800)).toBe(0)
})
