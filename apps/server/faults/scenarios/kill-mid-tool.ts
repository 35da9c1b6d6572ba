import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { anEffect, aPerson, expectThat, follow, followPlainly, say, statusesOf } from '../trial.ts'

export const killMidTool: Scenario = {
  name: 'kill-mid-tool',
  survives: 'kill -9 between the start and the result of tools: an effect is never repeated, what only reads may be',
  trials: { quick: 3, full: 60 },
  parallel: 3,
  world: 'own',
  async run(trial) {
    const { world, random } = trial
    const [victim, other] = world.servers
    const person = await aPerson(trial, victim!.url)
    const effects = Array.from({ length: random.int(1, 3) }, () => anEffect(trial, { takesMs: random.int(200, 2500) }))
    const sum = '[[tool calculator {"expression":"17*23"}]]'
    const content = [...effects.map(({ directive }) => directive), sum].join(' ')
    const { executionId } = await say(trial, person, person.at(victim!.url), content)
    const followed = [
      follow(trial, person.at(other!.url), executionId),
      followPlainly(trial, person, () => other!.url, executionId),
    ]
    await world.effects.begun(random.pick(effects).key)
    await sleep(random.int(0, 1000))
    await victim!.stop('SIGKILL')
    await Promise.all(followed)
    expectThat(trial, 'the answer completes', (await statusesOf(trial, [executionId]))[0] === 'completed')
    for (const { key } of effects) expectThat(trial, `${key} has happened`, world.effects.times(key) === 1)
  },
}
