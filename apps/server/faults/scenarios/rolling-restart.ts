import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, insist } from '../trial.ts'
import { allComplete, openStreams } from '../workload.ts'

export const rollingRestart: Scenario = {
  name: 'rolling-restart',
  survives: 'every server is replaced, one after the other, under fifty live streams',
  trials: { quick: 1, full: 25 },
  world: 'own',
  async run(trial) {
    const { world, random } = trial
    const proxy = await world.proxy(world.servers[0]!.url)
    let live = [...world.servers]
    proxy.suffering = () => {
      proxy.target = Number(new URL(random.pick(live).url).port)
      return {}
    }
    const balanced = `http://127.0.0.1:${proxy.port}`
    const person = await aPerson(trial, balanced)
    const urls = [balanced]
    const streams = await openStreams(trial, person, { urls, count: 50, tokens: 240, paceMs: 25 })
    for (const old of world.servers.slice(0, 2)) {
      const fresh = await world.start({ DRAIN_SECONDS: random.pick(['0', '1', '3']) })
      live = [...live.filter((server) => server !== old), fresh]
      const code = await old.stop('SIGTERM')
      expectThat(trial, `a server that drains ends with 0, it was ${code}`, code === 0)
      await sleep(random.int(0, 500))
    }
    await insist(() => person.at(balanced).auth.me())
    await streams.followed
    const statuses = await streams.statuses()
    expectThat(trial, `all complete: ${statuses.join()}`, allComplete(statuses))
  },
}
