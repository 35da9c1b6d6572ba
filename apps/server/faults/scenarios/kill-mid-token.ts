import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say } from '../trial.ts'

export const killMidToken: Scenario = {
  name: 'kill-mid-token',
  survives: 'kill -9 at any moment of several streams; another replica goes on',
  trials: { quick: 4, full: 80 },
  parallel: 4,
  world: 'own',
  async run(trial) {
    const { world, random } = trial
    const [victim, other] = world.servers
    const person = await aPerson(trial, victim!.url)
    const proxy = await world.proxy(victim!.url)
    const balanced = `http://127.0.0.1:${proxy.port}`
    const streams = Array.from({ length: 4 }, async () => {
      const text = `[[tokens ${random.int(100, 300)}]] [[pace ${random.int(5, 15)}]]`
      const { executionId } = await say(trial, person, person.at(victim!.url), text)
      return [
        follow(trial, person.at(balanced), executionId),
        followPlainly(trial, person, () => balanced, executionId),
        follow(trial, person.at(other!.url), executionId),
      ]
    })
    const followers = (await Promise.all(streams)).flat()
    await sleep(random.int(0, 2500))
    await victim!.stop('SIGKILL')
    proxy.target = Number(new URL(other!.url).port)
    await Promise.all(followers)
    const rows = await world.sql(`select 1 from executions where status = 'completed'`)
    expectThat(trial, 'every answer completes', rows.length === 4)
  },
}
