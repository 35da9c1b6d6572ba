import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import {
  anEffect,
  aPerson,
  expectThat,
  follow,
  followPlainly,
  insist,
  keepSend,
  newTag,
  say,
  statusesOf,
} from '../trial.ts'

export const retriesAndForks: Scenario = {
  name: 'retries-and-forks',
  survives:
    'kill -9 while a stopped run is tried again, or forked: once for its key, and what was done is not repeated',
  trials: { quick: 2, full: 40 },
  parallel: 2,
  world: 'own',
  async run(trial) {
    const { world, random, seed } = trial
    const isFork = seed % 2 === 1
    const [victim, other] = world.servers
    const person = await aPerson(trial, victim!.url)
    const effect = anEffect(trial)
    const { executionId, conversationId } = await say(
      trial,
      person,
      person.at(victim!.url),
      `${effect.directive} [[tokens 200]] [[pace 10]]`,
    )
    await follow(trial, person.at(other!.url), executionId, { until: ({ type }) => type === 'text.delta' })
    await sleep(random.int(0, 300))
    await insist(() => person.at(other!.url).executions.cancel({ executionId }))
    await follow(trial, person.at(other!.url), executionId)

    const clientKey = crypto.randomUUID()
    const tag = newTag(trial)
    const atStep = random.int(0, 1)
    const change = { prompt: `${tag} [[tokens 150]] [[pace 10]]` }
    const goOn = (url: string) =>
      isFork
        ? person.at(url).executions.fork({ executionId, atStep, change, clientKey })
        : person.at(url).executions.retry({ executionId, clientKey })
    trial.ledger.unanswered.add(clientKey)
    const first = goOn(victim!.url).catch(() => null)
    await sleep(random.int(0, 1500))
    await victim!.stop('SIGKILL')
    // Whoever did not hear asks again, with the same key.
    const again = (await first) ?? (await insist(() => goOn(other!.url)))
    const ids = { conversationId, messageId: again.message.id, executionId: again.execution.id }
    keepSend(trial, { ...ids, tag }, isFork ? 'fork' : 'retry')
    await Promise.all([
      follow(trial, person.at(other!.url), ids.executionId),
      followPlainly(trial, person, () => other!.url, ids.executionId),
    ])
    const [status] = await statusesOf(trial, [ids.executionId])
    expectThat(trial, `the ${isFork ? 'fork' : 'retry'} completes: ${status}`, status === 'completed')
    const times = world.effects.times(effect.key)
    expectThat(trial, `the effect happened ${times} times`, times === 1)
  },
}
