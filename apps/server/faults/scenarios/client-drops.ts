import type { Scenario } from '../scenario.ts'
import { anEffect, aPerson, follow, followPlainly, say } from '../trial.ts'

export const clientDrops: Scenario = {
  name: 'client-drops',
  survives: 'a connection that breaks at any byte, again and again, also in the middle of a character',
  trials: { quick: 24, full: 240 },
  parallel: 6,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const [server] = world.servers
    const proxy = await world.proxy(server!.url)
    // Every connection lasts longer than the one before, so that the trial comes to an end.
    proxy.suffering = (count) => ({
      cutAfter: random.int(0, 1000 * (count + 1)),
      delayMs: random.pick([0, 0, 1, 20]),
      refuse: count < 8 && random.next() < 0.1,
    })
    const person = await aPerson(trial, server!.url)
    const broken = `http://127.0.0.1:${proxy.port}`
    const effect = anEffect(trial)
    const text = random.pick([
      `[[tokens ${random.int(1, 120)}]] [[pace ${random.int(0, 8)}]]`,
      `[[split]] [[pace 2]]`,
      `[[reasoning]] [[tokens 40]] [[pace 3]]`,
      `${effect.directive} [[tokens 60]] [[pace 2]]`,
    ])
    const { executionId } = await say(trial, person, person.at(server!.url), text)
    await Promise.all([
      follow(trial, person.at(broken), executionId),
      followPlainly(trial, person, () => broken, executionId),
      follow(trial, person.at(server!.url), executionId),
    ])
  },
}
