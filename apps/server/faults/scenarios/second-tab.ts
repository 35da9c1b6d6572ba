import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, follow, followPlainly, say } from '../trial.ts'

export const secondTab: Scenario = {
  name: 'second-tab',
  survives: 'tabs that open in the middle, on any replica, from the start or from where they were, and one that closes',
  trials: { quick: 12, full: 80 },
  parallel: 4,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const url = () => random.pick(world.servers).url
    const person = await aPerson(trial, url())
    const text = `[[tokens ${random.int(40, 120)}]] [[pace ${random.int(2, 10)}]]`
    const { executionId } = await say(trial, person, person.at(url()), text)
    const first = await follow(trial, person.at(url()), executionId, { until: ({ seq }) => seq >= random.int(3, 30) })
    await sleep(random.int(0, 200))
    await Promise.all([
      follow(trial, person.at(url()), executionId, { after: first.at(-1)!.seq }),
      follow(trial, person.at(url()), executionId),
      followPlainly(trial, person, url, executionId, { after: random.int(0, first.at(-1)!.seq) }),
      sleep(random.int(0, 400)).then(() => followPlainly(trial, person, url, executionId)),
    ])
  },
}
