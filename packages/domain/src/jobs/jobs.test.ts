import { createTestDatabase } from '@kickstartmyai/db/testing'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { silentLogger } from '../logger.ts'
import { openTestJobs } from '../testing/test-jobs.ts'
import { defineJob, type JobSettings } from './job.ts'
import { createJobWorker } from './job-worker.ts'

const countJob = (settings: Partial<JobSettings> = {}) =>
  defineJob({
    name: 'count',
    payload: z.object({ number: z.number() }),
    keyOf: ({ number }) => String(number),
    atATime: 2,
    timeoutSeconds: 30,
    retries: 2,
    firstPauseSeconds: 1,
    longestPauseSeconds: 1,
    ...settings,
  })

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
