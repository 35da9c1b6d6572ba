import type { Scenario } from '../scenario.ts'
import { aPerson, follow, followPlainly, say } from '../trial.ts'

export const reconnectElsewhere: Scenario = {
  name: 'reconnect-elsewhere',
  survives: 'every reconnection lands on another replica than the one before',
  trials: { quick: 16, full: 120 },
  parallel: 4,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const urls = world.servers.map(({ url }) => url)
    const proxy = await world.proxy(urls[0]!)
    proxy.suffering = (count) => {
      proxy.target = Number(new URL(urls[count % urls.length]!).port)
      return { cutAfter: random.int(400, 2000 * (count + 1)) }
    }
    const person = await aPerson(trial, urls[0]!)
    const balanced = `http://127.0.0.1:${proxy.port}`
    const text = `[[tokens ${random.int(20, 120)}]] [[pace ${random.int(1, 10)}]]`
    const { executionId } = await say(trial, person, person.at(random.pick(urls)), text)
    await Promise.all([
      follow(trial, person.at(balanced), executionId),
      followPlainly(trial, person, () => balanced, executionId),
    ])
  },
}
