import { createTestDatabase } from '@kickstartmyai/db/testing'
import { expect, test } from 'vitest'
import { createLimiter } from './create-limiter.ts'
import { sharedCounters } from './shared-counters.ts'

const rule = { name: 'tries', points: 3, seconds: 600 }

test('replicas count together in the database', async () => {
  const database = await createTestDatabase()
  const errors: unknown[] = []
  const sql = database.openSqlRunner()
  const replicas = [0, 1].map(() => createLimiter(sharedCounters({ sql }, (error) => errors.push(error))))
  const answers = []
  for (let n = 0; n < 6; n += 1) answers.push(await replicas[n % 2]!.take(rule, 'ada@example.com'))
  expect(answers.slice(0, 3)).toEqual([0, 0, 0])
  for (const wait of answers.slice(3)) expect(wait).toBeGreaterThan(500)
  expect(await replicas[0]!.take(rule, 'bob@example.com')).toBe(0)
  expect(await replicas[1]!.add(rule, 'bob@example.com', 10)).toBe(11)
  await replicas[0]!.putBack(rule, 'bob@example.com')
  expect(await replicas[1]!.add(rule, 'bob@example.com', 1)).toBe(11)
  expect(errors).toEqual([])
  const { rows } = await sql.executeSql('select key from rate_limits')
  expect(JSON.stringify(rows)).not.toContain('example.com')
  await sql.close()
  await database.close()
})

test.for([
  ['is broken', () => Promise.reject(new Error('no connection'))],
  [
    'throws',
    () => {
      throw new Error('closed')
    },
  ],
  ['does not answer', () => new Promise<never>(() => {})],
] as const)('a store that %s is said so, and each replica counts by itself', async ([, fail]) => {
  const errors: unknown[] = []
  for (const place of [{ sql: { executeSql: fail, close: async () => {} } }, { redis: { eval: fail } }]) {
    const limiter = createLimiter(sharedCounters(place, (error) => errors.push(error)))
    expect(await Promise.all([0, 1, 2].map(() => limiter.take(rule, 'ada')))).toEqual([0, 0, 0])
    expect(await limiter.take(rule, 'ada')).toBeGreaterThan(0)
    expect(await limiter.add(rule, 'bob', 2)).toBe(2)
  }
  expect(errors.length).toBeGreaterThan(0)
})
