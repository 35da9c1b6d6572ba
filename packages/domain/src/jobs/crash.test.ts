import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectPostgres, openEmbedded } from '@kickstartmyai/db'
import { createPostgresTestDatabase, createTestDatabase, testServerUrl } from '@kickstartmyai/db/testing'
import { expect, test, vi } from 'vitest'
import { silentLogger } from '../logger.ts'
import { systemClock } from '../clock.ts'
import { countJob } from '../testing/count-job.ts'
import { openTestJobs } from '../testing/test-jobs.ts'
import { createJobWorker } from './job-worker.ts'
import { openJobs } from './open-jobs.ts'

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 })

/** A place for a database that several processes open, one after the other. */
async function lastingPlace(): Promise<{ place: string } & AsyncDisposable> {
  const serverUrl = testServerUrl()
  if (serverUrl) {
    const { url, close } = await createPostgresTestDatabase(serverUrl)
    return { place: url, [Symbol.asyncDispose]: close }
  }
  const place = mkdtempSync(join(tmpdir(), 'kickstartmyai-jobs-'))
  return { place, [Symbol.asyncDispose]: async () => rmSync(place, { recursive: true, force: true }) }
}

const open = (place: string) =>
  place.startsWith('postgres') ? connectPostgres({ url: place, poolSize: 2, onError: () => {} }) : openEmbedded(place)

async function taken(child: ChildProcess): Promise<void> {
  for await (const line of child.stdout!) if (String(line).includes('taken')) return
  throw new Error(`the process ended with ${child.exitCode}`)
}

test('a job whose process was killed with kill -9 is run again by the next process', async () => {
  await using lasting = await lastingPlace()
  const script = join(import.meta.dirname, '..', 'testing', 'job-child.ts')
  const child = spawn(process.execPath, [script, lasting.place], { stdio: ['ignore', 'pipe', 'inherit'] })
  await taken(child)
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit

  const connection = await open(lasting.place)
  const seen: number[] = []
  const worker = createJobWorker(countJob({ timeoutSeconds: 3 }), { run: async ({ number }) => void seen.push(number) })
  const jobs = await openTestJobs(connection, { workers: [worker] })
  jobs.start()
  await soon(() => expect(seen).toEqual([1]))
  await jobs[Symbol.asyncDispose]()
  await connection.close()
})

test('a drain lets a job finish within the grace, and hands back the one that does not', async () => {
  await using database = await createTestDatabase()
  const job = countJob()
  const finish = Promise.withResolvers<void>()
  const begun: number[] = []
  const ended: string[] = []
  const leaving = createJobWorker(job, {
    async run({ number }, signal) {
      begun.push(number)
      if (number === 1) await finish.promise
      else await once(signal, 'abort')
      ended.push(`leaving ${number}`)
    },
  })
  const staying = createJobWorker(job, { run: async ({ number }) => void ended.push(`staying ${number}`) })
  await using first = await openTestJobs(database, { workers: [leaving] })
  first.start()
  await soon(() => first.send(job, { number: 1 }))
  await first.send(job, { number: 2 })
  await soon(() => expect(begun).toHaveLength(2))
  await using second = await openTestJobs(database, { workers: [staying] })
  second.start()

  const drained = first.drain(3000)
  await first.send(job, { number: 3 })
  finish.resolve()
  await drained
  await soon(() => expect(ended.toSorted()).toEqual(['leaving 1', 'leaving 2', 'staying 2', 'staying 3']))
  expect(begun).toEqual(expect.not.arrayContaining([3]))
})

test('two processes run each of twenty jobs once', async () => {
  await using database = await createTestDatabase()
  const job = countJob()
  const seen: string[] = []
  const busy = new Set<string>()
  const bothBusy = Promise.withResolvers<void>()
  const workerOf = (name: string) =>
    createJobWorker(job, {
      async run({ number }) {
        seen.push(`${number} by ${name}`)
        // Neither gets on before the other has begun as well.
        busy.add(name)
        if (busy.size === 2) bothBusy.resolve()
        await bothBusy.promise
      },
    })
  await using one = await openTestJobs(database, { workers: [workerOf('one')] })
  await using other = await openTestJobs(database, { workers: [workerOf('other')] })
  one.start()
  other.start()
  await soon(() => one.send(job, { number: 0 }))
  await soon(() => other.send(job, { number: 1 }))
  await Promise.all(
    Array.from({ length: 18 }, (_, index) => (index % 2 ? one : other).send(job, { number: index + 2 })),
  )
  await soon(() => expect(seen).toHaveLength(20))
  expect(new Set(seen.map((line) => Number.parseInt(line)))).toEqual(new Set(Array.from({ length: 20 }, (_, i) => i)))
})

test('a database that is away neither ends the process nor holds up a drain; jobs run when it is back', async () => {
  await using database = await createTestDatabase()
  const job = countJob()
  const seen: number[] = []
  const worker = createJobWorker(job, { run: async ({ number }) => void seen.push(number) })
  await using prepared = await openTestJobs(database, { workers: [worker] })
  let state: 'away' | 'there' | 'silent' = 'away'
  const runner = database.openSqlRunner()
  const executeSql: typeof runner.executeSql = (text, values) => {
    if (state === 'there') return runner.executeSql(text, values)
    return state === 'away' ? Promise.reject(new Error('connection refused')) : new Promise(() => {})
  }
  const warnings: string[] = []
  const log = { ...silentLogger, warn: (_: object, words: string) => void warnings.push(words) }
  const settings = { pollSeconds: 0.5, superviseSeconds: 1, heartbeatSeconds: 10 }
  const jobs = openJobs({ sql: { ...runner, executeSql }, clock: systemClock, log, settings }, () => [worker])

  jobs.start()
  await expect(jobs.send(job, { number: 1 })).rejects.toThrow()
  await soon(() => expect(warnings).toContainEqual(expect.stringContaining('no jobs can be run yet')))
  state = 'there'
  await soon(() => jobs.send(job, { number: 1 }))
  await soon(() => expect(seen).toEqual([1]))
  state = 'away'
  await soon(() => expect(warnings).toContain('the job queue met an error; going on'))
  state = 'there'
  await prepared.send(job, { number: 2 })
  await soon(() => expect(seen).toEqual([1, 2]))
  state = 'silent'
  await systemClock.sleep(1200)
  await expect(jobs.drain(0)).resolves.toBeUndefined()
  await runner.close()
})
