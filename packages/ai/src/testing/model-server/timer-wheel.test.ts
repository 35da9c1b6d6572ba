import { expect, test } from 'vitest'
import { TimerWheel } from './timer-wheel.ts'

test('nobody wakes early, however long the sleep', async () => {
  const wheel = new TimerWheel()
  // The ring holds 1,024 ms: the longest one waits for its second turn.
  for (const late of await Promise.all(
    [40, 3, 0, 17, 1_100, 8, 40, 3].map(async (ms) => {
      const due = wheel.now() + ms
      await wheel.until(due)
      return wheel.now() - due
    }),
  )) {
    expect(late).toBeGreaterThanOrEqual(0)
  }
})

test('it runs again after everyone has woken', async () => {
  const wheel = new TimerWheel()
  for (let round = 0; round < 3; round += 1) {
    const due = wheel.now() + 5
    await wheel.until(due)
    expect(wheel.now()).toBeGreaterThanOrEqual(due)
  }
})

test('ten thousand sleepers are one timer', async () => {
  const wheel = new TimerWheel()
  const timers = () => process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length
  const before = timers()
  const all = Promise.all(Array.from({ length: 10_000 }, () => wheel.until(wheel.now() + 20)))
  expect(timers() - before).toBeLessThanOrEqual(1)
  await all
})

test('when it is stopped nobody wakes any more', async () => {
  const wheel = new TimerWheel()
  let woken = false
  void wheel.until(wheel.now() + 2).then(() => (woken = true))
  wheel.stop()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(woken).toBe(false)
})
