import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import type { TcpProxy } from '../tcp-proxy.ts'
import { anEffect, aPerson, expectThat, type Trial } from '../trial.ts'
import { allComplete, openStreams } from '../workload.ts'

const faults: Record<string, (trial: Trial, network: TcpProxy) => Promise<void>> = {
  'black hole that heals': async ({ random, isFull }, network) => {
    network.blackHole()
    await sleep(random.int(2000, isFull ? 20_000 : 7000))
    network.heal()
  },
  'black hole that forgets': async ({ random, isFull }, network) => {
    network.blackHole()
    await sleep(random.int(2000, isFull ? 20_000 : 7000))
    network.cutAll()
    network.heal()
  },
  'black hole for the old connections': async ({ random, isFull }, network) => {
    network.blackHole()
    await sleep(random.int(100, isFull ? 20_000 : 2000))
    network.forget()
  },
  'all connections cut': async ({ random }, network) => {
    for (let times = random.int(1, 5); times > 0; times--) {
      network.cutAll()
      await sleep(random.int(0, 1000))
    }
  },
  'every connection cut after some bytes': async ({ random }, network) => {
    network.suffering = () => ({ cutAfter: random.int(0, 20_000) })
    network.cutAll()
    await sleep(3000)
    network.suffering = () => ({})
  },
  'connections refused': async ({ random }, network) => {
    network.suffering = () => ({ refuse: true })
    network.cutAll()
    await sleep(random.int(500, 6000))
    network.suffering = () => ({})
  },
  'slow network': async ({ random }, network) => {
    network.suffering = () => ({ delayMs: random.int(5, 100) })
    network.cutAll()
    await sleep(3000)
    network.suffering = () => ({})
    network.cutAll()
  },
}
const names = Object.keys(faults)

export const databaseNetwork: Scenario = {
  name: 'database-network',
  survives: 'one of two servers loses its way to the database: black hole, cuts, refusals, delays; the other goes on',
  trials: { quick: names.length, full: names.length * 15 },
  parallel: 3,
  world: 'own',
  servers: { replicas: 1 },
  async run(trial) {
    const { world, random } = trial
    const network = await world.proxy(world.databaseUrl)
    const through = new URL(world.databaseUrl)
    through.port = String(network.port)
    const cutOff = await world.start({ DATABASE_URL: through.href })
    const urls = world.servers.map(({ url }) => url)
    const person = await aPerson(trial, urls[0]!)
    const streams = await openStreams(trial, person, {
      urls: [random.pick([cutOff.url, ...urls])],
      count: 8,
      tokens: 300,
      paceMs: 20,
      extra: () => (random.next() < 0.3 ? anEffect(trial, { takesMs: 300 }).directive : ''),
    })
    await sleep(random.int(0, 1000))
    await faults[names[trial.seed % names.length]!]!(trial, network)
    await streams.followed
    const statuses = await streams.statuses()
    expectThat(trial, `all complete: ${statuses.join()}`, allComplete(statuses))
  },
}
