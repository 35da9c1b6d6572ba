import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say, statusesOf } from '../trial.ts'

export const killMidCommit: Scenario = {
  name: 'kill-mid-commit',
  survives: 'kill -9 of a server whose commits have hung while models spoke on: nobody has heard what was never stored',
  trials: { quick: 3, full: 40 },
  parallel: 3,
  world: 'own',
  servers: { replicas: 1 },
  async run(trial) {
    const { world, random } = trial
    const [other] = world.servers
    const toDatabase = await world.proxy(world.databaseUrl)
    const through = new URL(world.databaseUrl)
    through.port = String(toDatabase.port)
    const victim = await world.start({ DATABASE_URL: through.href })
    const balancer = await world.proxy(victim.url)
    const balanced = `http://127.0.0.1:${balancer.port}`
    const person = await aPerson(trial, victim.url)
    const streams = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const text = `[[tokens ${random.int(150, 250)}]] [[pace ${random.int(5, 20)}]]`
        const { executionId } = await say(trial, person, person.at(victim.url), text)
        const streaming = Promise.withResolvers<void>()
        const followers = [
          follow(trial, person.at(balanced), executionId, {
            until: ({ type }) => {
              if (type === 'text.delta') streaming.resolve()
              return false
            },
          }),
          followPlainly(trial, person, () => balanced, executionId),
          followPlainly(trial, person, () => other!.url, executionId),
        ]
        await streaming.promise
        return { executionId, followers }
      }),
    )
    await sleep(random.int(0, 300))
    toDatabase.blackHole()
    await sleep(random.int(100, 1500))
    await victim.stop('SIGKILL')
    toDatabase.cutAll()
    balancer.target = Number(new URL(other!.url).port)
    await Promise.all(streams.flatMap(({ followers }) => followers))
    const statuses = await statusesOf(
      trial,
      streams.map(({ executionId }) => executionId),
    )
    expectThat(
      trial,
      `all complete: ${statuses.join()}`,
      statuses.every((status) => status === 'completed'),
    )
  },
}
