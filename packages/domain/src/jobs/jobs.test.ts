import { createTestDatabase } from '@kickstartmyai/db/testing'
import { expect, test, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { silentLogger } from '../logger.ts'
import { countJob } from '../testing/count-job.ts'
import { openTestJobs } from '../testing/test-jobs.ts'
import { createJobWorker } from './job-worker.ts'
import { migrateJobs } from './migrate-jobs.ts'
import { openJobs } from './open-jobs.ts'

/** A condition that holds in time, on a slow machine as well. */
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 })

test('a job runs with the payload that was sent', async () => {
  await using database = await createTestDatabase()
  const job = countJob()
  const seen: number[] = []
  const worker = createJobWorker(job, { run: async ({ number }) => void seen.push(number) })
  await using jobs = await openTestJobs(database, { workers: [worker] })
  jobs.start()
  await soon(() => jobs.send(job, { number: 7 }))
  await soon(() => expect(seen).toEqual([7]))
})

test('jobs that are sent before anybody runs them wait, one for each key', async () => {
  await using database = await createTestDatabase()
  const job = countJob()
  const seen: number[] = []
  const worker = createJobWorker(job, { run: async ({ number }) => void seen.push(number) })
  await using first = await openTestJobs(database, { workers: [worker] })
  first.start()
  await soon(() => first.send(job, { number: 0 }))
  await soon(() => expect(seen).toEqual([0]))
  await first.drain(0)
  await Promise.all([1, 2, 2, 3, 1].map((number) => first.send(job, { number })))
  await first.send(job, { number: 3 })
  await using second = await openTestJobs(database, { workers: [worker] })
  second.start()
  await soon(() => expect(seen.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]))
})

test('jobs that are sent at the same time are few statements', async () => {
  await using database = await createTestDatabase()
  const job = countJob()
  const runner = database.openSqlRunner()
  await migrateJobs(runner, { clock: systemClock, log: silentLogger })
  let statements = 0
  const executeSql: typeof runner.executeSql = (text, values) => {
    statements += 1
    return runner.executeSql(text, values)
  }
  const settings = { pollSeconds: 60, superviseSeconds: 60, heartbeatSeconds: 10 }
  const sql = { ...runner, executeSql }
  const worker = createJobWorker({ ...job, atATime: 0 }, { run: async () => {} })
  const jobs = openJobs({ sql, clock: systemClock, log: silentLogger, settings }, () => [worker])
  jobs.start()
  await soon(() => jobs.send(job, { number: 0 }))
  const before = statements
  await Promise.all(Array.from({ length: 1000 }, (_, number) => jobs.send(job, { number })))
  expect(statements - before).toBeLessThan(20)
  const { rows } = await runner.executeSql(`select 1 from jobs.job where name = 'count'`)
  expect(rows).toHaveLength(1000)
  await jobs.drain(0)
  await jobs.close()
})

test('a job that fails is run again after a pause, and one that fails too often is given up in the log', async () => {
  await using database = await createTestDatabase()
  const job = countJob()
  const runs = new Map<number, number>()
  const givenUp: number[] = []
  const errors: object[] = []
  const worker = createJobWorker(job, {
    async run({ number }) {
      const run = (runs.get(number) ?? 0) + 1
      runs.set(number, run)
      if (number === 13 || run < 2) throw new Error('not now')
    },
    giveUp: async ({ number }) => void givenUp.push(number),
  })
  const log = { ...silentLogger, error: (fields: object) => void errors.push(fields) }
  await using jobs = await openTestJobs(database, { workers: [worker], log })
  jobs.start()
  await soon(() => jobs.send(job, { number: 1 }))
  await jobs.send(job, { number: 13 })
  await soon(() => expect(givenUp).toEqual([13]))
  expect(runs).toEqual(
    new Map([
      [1, 2],
      [13, 3],
    ]),
  )
  expect(errors).toEqual([expect.objectContaining({ job: 'count', data: { number: 13 } })])
})
