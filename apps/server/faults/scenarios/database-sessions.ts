import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { anEffect, aPerson, expectThat, say, type Trial } from '../trial.ts'
import { allComplete, openStreams } from '../workload.ts'

const terminate = ({ world }: Trial, which: string) =>
  world.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like $1`,
    [which],
  )

const faults: Record<string, (trial: Trial) => Promise<void>> = {
  'backends killed': async (trial) => {
    for (let times = trial.random.int(1, 6); times > 0; times--) {
      await terminate(trial, 'kickstartmyai%')
      await sleep(trial.random.int(0, 600))
    }
  },
  'LISTEN connection lost': async (trial) => {
    for (let times = trial.random.int(1, 4); times > 0; times--) {
      await terminate(trial, 'kickstartmyai listen')
      await sleep(trial.random.int(0, 1000))
    }
  },
  'read-only for a while': async (trial) => {
    const [row] = await trial.world.sql<{ name: string }>('select current_database() as name')
    const readOnly = (is: boolean) =>
      trial.world.sql(
        `set default_transaction_read_only = off; alter database ${row!.name} set default_transaction_read_only = ${is}`,
      )
    await readOnly(true)
    await terminate(trial, 'kickstartmyai%')
    await sleep(trial.random.int(500, 7000))
    await readOnly(false)
    // As after a failover: those who still have a read-only session are thrown out.
    await terminate(trial, 'kickstartmyai%')
  },
  'tables locked for a while': async ({ world, random }) => {
    await world.sql(
      `begin; lock table executions in access exclusive mode; select pg_sleep(${random.int(1, 7)}); commit`,
    )
  },
}
const names = Object.keys(faults)

export const databaseSessions: Scenario = {
  name: 'database-sessions',
  survives: 'backends are killed, the LISTEN connection is lost, the database is read-only or locked for a while',
  trials: { quick: names.length, full: names.length * 15 },
  parallel: 2,
  world: 'own',
  async run(trial) {
    const { world, random } = trial
    const urls = world.servers.map(({ url }) => url)
    const person = await aPerson(trial, urls[0]!)
    const streams = await openStreams(trial, person, {
      urls,
      count: 10,
      tokens: 300,
      paceMs: 20,
      extra: () => (random.next() < 0.3 ? anEffect(trial, { takesMs: 300 }).directive : ''),
    })
    await sleep(random.int(0, 1000))
    await faults[names[trial.seed % names.length]!]!(trial)
    await streams.followed
    const statuses = await streams.statuses()
    expectThat(trial, `all complete: ${statuses.join()}`, allComplete(statuses))
  },
}

export const poolExhausted: Scenario = {
  name: 'pool-exhausted',
  survives: 'two database connections a server and forty streams, with tools, sends and followers at once',
  trials: { quick: 1, full: 15 },
  world: 'own',
  servers: { env: { DATABASE_POOL_SIZE: '2' } },
  async run(trial) {
    const { world, random } = trial
    const urls = world.servers.map(({ url }) => url)
    const person = await aPerson(trial, urls[0]!)
    const streams = await openStreams(trial, person, {
      urls,
      count: 40,
      tokens: 80,
      paceMs: 5,
      extra: () => (random.next() < 0.5 ? anEffect(trial).directive : ''),
    })
    const others = await aPerson(trial, urls[1]!)
    await Promise.all(urls.map((url) => say(trial, others, others.at(url), '[[tokens 3]]')))
    await streams.followed
    const statuses = await streams.statuses()
    expectThat(trial, `all complete: ${statuses.join()}`, allComplete(statuses))
  },
}
