import { expect, test } from 'vitest'
import { createRequestWindow, type ShareCount } from './request-window.ts'

const rule = { name: 'address', points: 100, seconds: 60 }

/** What replicas share, and a way to wait until all of them have told. */
function sharedPlace() {
  const sums = new Map<string, number>()
  let told = 0
  const share: ShareCount = async (_rule, key, points) => {
    told += 1
    sums.set(key, (sums.get(key) ?? 0) + points)
    return sums.get(key) ?? 0
  }
  return { share, told: () => told }
}

test('counts down, refuses, and begins anew when the window is over', () => {
  let time = 0
  const window = createRequestWindow(rule, { now: () => time, shareMs: 1000 })
  expect(window.take('a')).toMatchObject({ name: 'address', points: 100, seconds: 60, left: 99, refused: false })
  expect(window.take('a', 99)).toMatchObject({ left: 0, refused: false })
  const refused = window.take('a')
  expect(refused).toMatchObject({ left: 0, refused: true })
  expect(window.take('b')).toMatchObject({ left: 99 })
  time += (refused?.resetSeconds ?? 0) * 1000
  expect(window.take('a')).toMatchObject({ left: 99, refused: false })
})

test('a batch that does not fit takes nothing', () => {
  const window = createRequestWindow(rule, { now: () => 0, shareMs: 1000 })
  window.take('a', 90)
  expect(window.take('a', 20)).toMatchObject({ refused: true, left: 10 })
  expect(window.take('a', 10)).toMatchObject({ refused: false, left: 0 })
})

test('0 means no limit', () => {
  const window = createRequestWindow({ ...rule, points: 0 }, { now: () => 0, shareMs: 1000 })
  expect(window.take('a', 1_000_000)).toBeNull()
})

test('replicas together hold the limit, but for what comes in between two rounds and 5 % for each', async () => {
  const place = sharedPlace()
  const replica = () => createRequestWindow(rule, { now: () => 0, share: place.share, shareMs: 1 })
  const replicas = [replica(), replica()]
  let through = 0
  let rounds = 0
  while (rounds < 200) {
    rounds += 1
    for (const each of replicas) if (each.take('a')?.refused === false) through += 1
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  expect(through).toBeGreaterThanOrEqual(rule.points - 2)
  // Each lets one more through between two rounds here.
  expect(through).toBeLessThanOrEqual(rule.points + 2 * (rule.points * 0.05 + 2))
})

test('whoever uses little is not worth a word to the others', async () => {
  const place = sharedPlace()
  const window = createRequestWindow(rule, { now: () => 0, share: place.share, shareMs: 1 })
  for (let n = 0; n < 500; n += 1) window.take(`person ${n}`, 5)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(place.told()).toBe(0)
})

test('no number of addresses fills the memory', () => {
  const window = createRequestWindow(rule, { now: () => 0, shareMs: 1000 })
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 400_000; n += 1) window.take(`2001:db8:${n.toString(16)}::/64`)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(150_000_000)
})
