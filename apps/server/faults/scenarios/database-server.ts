import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, say, type Trial } from '../trial.ts'
import { allComplete, openStreams } from '../workload.ts'

/** Streams run, something befalls the database server, and all of them complete; so does what is sent meanwhile. */
async function surviving(trial: Trial, befall: () => Promise<void>): Promise<void> {
  const { world, random } = trial
  const urls = world.servers.map(({ url }) => url)
  const person = await aPerson(trial, urls[0]!)
  const { id: conversationId } = await person.at(urls[0]!).conversations.create({ agentId: person.agents.openai })
  const streams = await openStreams(trial, person, { urls, count: 8, tokens: 300, paceMs: 20 })
  await sleep(random.int(0, 1500))
  const fault = befall()
  // A person who does not know writes on: answered late, or refused, but never lost once it is acknowledged.
  await sleep(random.int(0, 300))
  const late = say(trial, person, person.at(random.pick(urls)), '[[tokens 5]]', { conversationId }).catch(() => null)
  await fault
  await Promise.all([streams.followed, late])
  const statuses = await streams.statuses()
  expectThat(trial, `all complete: ${statuses.join()}`, allComplete(statuses))
}

export const databaseRestart: Scenario = {
  name: 'database-restart',
  survives: 'the database server is killed and restarted (pg_ctl -m immediate, or fast) under load',
  trials: { quick: 2, full: 30 },
  world: 'own',
  needsCluster: true,
  run: (trial) =>
    surviving(trial, async () => {
      await trial.cluster!.stop(trial.seed % 2 === 0 ? 'immediate' : 'fast')
      await trial.cluster!.start()
    }),
}

export const databaseDown: Scenario = {
  name: 'database-down',
  survives: 'the database is away for a while: 5 s, in the full form 60 s',
  trials: { quick: 1, full: 6 },
  world: 'own',
  needsCluster: true,
  run: (trial) =>
    surviving(trial, async () => {
      await trial.cluster!.stop('immediate')
      await sleep(trial.isFull ? trial.random.pick([5000, 15_000, 60_000]) : 5000)
      await trial.cluster!.start()
    }),
}

export const databaseFrozen: Scenario = {
  name: 'database-frozen',
  survives: 'every process of the database server stands still (SIGSTOP) and goes on',
  trials: { quick: 1, full: 15 },
  world: 'own',
  needsCluster: true,
  run: (trial) =>
    surviving(trial, async () => {
      trial.cluster!.signal('SIGSTOP')
      await sleep(trial.random.int(1000, trial.isFull ? 15_000 : 6500))
      trial.cluster!.signal('SIGCONT')
    }),
}
