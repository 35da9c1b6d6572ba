import { randomBytes } from 'node:crypto'
import { connectPostgres } from '@kickstartmyai/db'
import { createPostgresTestDatabase, createTestDatabase, testServerUrl } from '@kickstartmyai/db/testing'
import { getRollbackPlans, PgBoss } from 'pg-boss'
import { expect, test, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { silentLogger } from '../logger.ts'
import { countJob } from '../testing/count-job.ts'
import { createJobWorker } from './job-worker.ts'
import { jobsSchema, migrateJobs } from './migrate-jobs.ts'
import { openJobs } from './open-jobs.ts'

const deps = { clock: systemClock, log: silentLogger }
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 })

test('the tables are made once, also by several processes at a time', async () => {
  await using database = await createTestDatabase()
  const sql = database.openSqlRunner()
  await Promise.all([1, 2, 3].map(() => migrateJobs(sql, deps)))
  await migrateJobs(sql, deps)
  expect(await new PgBoss({ db: sql, schema: jobsSchema }).isInstalled()).toBe(true)
  await sql.close()
})

test('the tables of an older version are brought up to date, with the jobs in them', async () => {
  await using database = await createTestDatabase()
  const sql = database.openSqlRunner()
  await migrateJobs(sql, deps)
  const boss = new PgBoss({ db: sql, schema: jobsSchema })
  const newest = (await boss.schemaVersion()) ?? 0
  await sql.executeSql(getRollbackPlans(jobsSchema, newest))
  expect(await boss.schemaVersion()).toBe(newest - 1)
  await migrateJobs(sql, deps)
  expect(await boss.schemaVersion()).toBe(newest)
  await sql.close()
})

// A role that may not change the schema exists on a server only.
test.runIf(testServerUrl())('jobs run in the name of a role that may not change the schema', async () => {
  const owner = await createPostgresTestDatabase(testServerUrl() ?? '')
  const ownersSql = owner.openSqlRunner()
  const role = `kickstartmyai_role_${randomBytes(4).toString('hex')}`
  await migrateJobs(ownersSql, deps)
  await ownersSql.executeSql(`
    create role ${role} login;
    grant usage on schema ${jobsSchema} to ${role};
    grant select, insert, update, delete on all tables in schema ${jobsSchema} to ${role};
    grant usage on all sequences in schema ${jobsSchema} to ${role};`)
  const url = new URL(owner.url)
  url.username = role
  const guest = connectPostgres({ url: url.href, poolSize: 1, onError: () => {} })

  const job = countJob()
  const seen: number[] = []
  const worker = createJobWorker(job, { run: async ({ number }) => void seen.push(number) })
  const warnings: object[] = []
  const log = { ...silentLogger, warn: (fields: object) => void warnings.push(fields) }
  const settings = { pollSeconds: 0.5, superviseSeconds: 1, heartbeatSeconds: 10 }
  const sql = guest.openSqlRunner()
  const jobs = openJobs({ sql, clock: systemClock, log, settings }, () => [worker])
  jobs.start()
  await soon(() => jobs.send(job, { number: 1 }))
  await soon(() => expect(seen).toEqual([1]))
  // A round of the supervision that every process does.
  await systemClock.sleep(1500)
  await jobs.drain(0)
  await jobs.close()
  expect(warnings).toEqual([])

  await guest.close()
  await ownersSql.executeSql(`drop owned by ${role}; drop role ${role}`)
  await ownersSql.close()
  await owner.close()
})
