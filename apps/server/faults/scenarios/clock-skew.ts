import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat } from '../trial.ts'
import { allComplete, openStreams } from '../workload.ts'

const preload = join(import.meta.dirname, '..', 'preload', 'skewed-clock.ts')
const minute = 60_000
const skews = [5 * minute, -5 * minute, 12 * minute, -12 * minute]

export const clockSkew: Scenario = {
  name: 'clock-skew',
  survives: 'a server whose clock is minutes off shares the work, dies, and is followed up by one whose is right',
  trials: { quick: 2, full: 40 },
  parallel: 2,
  world: 'own',
  servers: { replicas: 1 },
  async run(trial) {
    const { world, random, seed } = trial
    const skewed = await world.start({
      NODE_OPTIONS: `--import ${preload}`,
      CLOCK_SKEW_MS: String(skews[seed % skews.length]),
    })
    const urls = world.servers.map(({ url }) => url)
    const balancer = await world.proxy(skewed.url)
    balancer.suffering = (count) => {
      balancer.target = Number(new URL(urls[count % urls.length]!).port)
      return {}
    }
    const balanced = `http://127.0.0.1:${balancer.port}`
    const person = await aPerson(trial, random.pick(urls))
    const streams = await openStreams(trial, person, { urls: [balanced], count: 8, tokens: 300, paceMs: 20 })
    await sleep(random.int(500, 2000))
    const dies = random.pick(world.servers)
    await dies.stop('SIGKILL')
    urls.splice(urls.indexOf(dies.url), 1)
    await streams.followed
    const statuses = await streams.statuses()
    expectThat(trial, `all complete: ${statuses.join()}`, allComplete(statuses))
  },
}
