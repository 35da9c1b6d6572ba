import { expect, test } from 'vitest'
import { createGate } from './gate.ts'

/** Work that goes on until it is let go, and what is under way. */
function stage() {
  const order: string[] = []
  const doors = new Map<string, () => void>()
  const work = (name: string) => async () => {
    order.push(name)
    await new Promise<void>((resolve) => doors.set(name, resolve))
    return name
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return { order, work, finish: async (name: string) => (doors.get(name)?.(), await turn()), turn }
}

test('lets in as many as it may, those who are known before the others, and refuses who finds the queue full', async () => {
  const { order, work, finish, turn } = stage()
  const gate = createGate({ atOnce: 2, waiting: 1 })
  const first = gate.run(work('a'))
  const others = [gate.run(work('b')), gate.run(work('c')), gate.run(work('d'), 'known')]
  await expect(gate.run(work('e'))).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterSeconds: 2 } })
  await turn()
  expect(order).toEqual(['a', 'b'])
  await finish('a')
  expect(await first).toBe('a')
  expect(order).toEqual(['a', 'b', 'd'])
  await finish('b')
  expect(order).toEqual(['a', 'b', 'd', 'c'])
  await finish('d')
  await finish('c')
  expect(await Promise.all(others)).toEqual(['b', 'c', 'd'])
})

test('a failure makes room', async () => {
  const gate = createGate({ atOnce: 1, waiting: 0 })
  await expect(gate.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await gate.run(async () => 'next')).toBe('next')
})
