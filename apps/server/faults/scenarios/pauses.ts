import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { anEffect, aPerson, expectThat, follow, followPlainly, say, statusesOf } from '../trial.ts'

/** Around the lease of five seconds and its renewal, in milliseconds. */
const lengths = { quick: [4600, 4800, 5200, 7000], full: [3000, 4400, 4600, 4800, 5000, 5200, 5600, 6200, 7000, 9000] }

export const pauses: Scenario = {
  name: 'pauses',
  survives: 'a process that stands still (SIGSTOP) for about as long as its leases, and goes on as if nothing was',
  trials: { quick: lengths.quick.length, full: lengths.full.length * 5 },
  parallel: 4,
  world: 'own',
  async run(trial) {
    const { world, random, isFull } = trial
    const all = isFull ? lengths.full : lengths.quick
    const length = all[trial.seed % all.length]!
    const [victim, other] = world.servers
    const person = await aPerson(trial, victim!.url)
    const begun = Array.from({ length: 12 }, async (_, index) => {
      const tools = index % 4 === 0 ? anEffect(trial, { takesMs: 1500 }).directive : ''
      const content = `${tools} [[tokens ${random.int(250, 400)}]] [[pace 20]]`
      const { executionId } = await say(trial, person, person.at(victim!.url), content)
      return {
        executionId,
        followers: [
          follow(trial, person.at(victim!.url), executionId),
          followPlainly(trial, person, () => other!.url, executionId),
        ],
      }
    })
    const streams = await Promise.all(begun)
    await sleep(random.int(300, 1500))
    process.kill(victim!.pid, 'SIGSTOP')
    await sleep(length)
    process.kill(victim!.pid, 'SIGCONT')
    await Promise.all(streams.flatMap(({ followers }) => followers))
    const statuses = await statusesOf(
      trial,
      streams.map(({ executionId }) => executionId),
    )
    expectThat(
      trial,
      `all complete after ${length} ms: ${statuses.join()}`,
      statuses.every((status) => status === 'completed'),
    )
  },
}
