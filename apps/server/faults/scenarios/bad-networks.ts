import { setTimeout as sleep } from 'node:timers/promises'
import { providers } from '../person.ts'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say } from '../trial.ts'

export const clientBlackHole: Scenario = {
  name: 'client-black-hole',
  survives:
    'a client whose packets vanish: its sends are made again as the same send, its stream is taken up elsewhere',
  trials: { quick: 4, full: 40 },
  parallel: 4,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const network = await world.proxy(random.pick(world.servers).url)
    const url = `http://127.0.0.1:${network.port}`
    const person = await aPerson(trial, world.servers[0]!.url)
    const { id: conversationId } = await person.at(url).conversations.create({ agentId: person.agents.openai })
    // The answers to the first sends are lost on the way, each at another byte.
    network.suffering = (count) => (count < 3 ? { cutAfter: random.int(0, 300) } : {})
    network.cutAll()
    const content = `[[tokens ${random.int(100, 250)}]] [[pace 20]]`
    const { executionId } = await say(trial, person, person.at(url), content, { conversationId })
    network.suffering = () => ({})
    const followed = [
      follow(trial, person.at(url), executionId, { silenceMs: 1500 }),
      followPlainly(trial, person, () => world.servers[1]!.url, executionId),
    ]
    for (let holes = random.int(1, 3); holes > 0; holes--) {
      await sleep(random.int(100, 1000))
      network.blackHole()
      await sleep(random.int(0, 3000))
      if (random.next() < 0.5) network.heal()
      else network.forget()
    }
    await Promise.all(followed)
  },
}

const roads = ['cut', 'refused', 'slow', 'throttled'] as const

export const modelNetwork: Scenario = {
  name: 'model-network',
  survives:
    'the way to the vendor is cut at any byte, refused, slow or narrow: an answer is whole, or says that it is not',
  trials: { quick: roads.length, full: roads.length * 10 },
  parallel: 2,
  world: 'own',
  servers: { replicas: 0 },
  async run(trial) {
    const { world, random, seed } = trial
    const road = roads[seed % roads.length]!
    const network = await world.proxy(world.models.url)
    const models = `http://127.0.0.1:${network.port}`
    network.suffering = (count) =>
      ({
        cut: { cutAfter: random.int(0, 8000) },
        refused: { refuse: count % 3 !== 0 },
        slow: { delayMs: random.int(1, 60) },
        throttled: { bytesPerSecond: random.int(3000, 20_000) },
      })[road]
    const server = await world.start({ OPENAI_BASE_URL: `${models}/v1`, ANTHROPIC_BASE_URL: models })
    const person = await aPerson(trial, server.url)
    const ends = Array.from({ length: 8 }, async (_, index) => {
      const provider = providers[index % 2]!
      const content = `[[tokens ${random.int(1, 60)}]] [[pace 2]]`
      const { executionId } = await say(trial, person, person.at(server.url), content, { provider })
      const [events] = await Promise.all([
        follow(trial, person.at(server.url), executionId),
        followPlainly(trial, person, () => server.url, executionId),
      ])
      return events.at(-1)
    })
    for (const end of await Promise.all(ends)) {
      const isTold = end?.type === 'execution.completed' || (end?.type === 'execution.failed' && road === 'cut')
      expectThat(trial, `${road}: ${end?.type} ${end?.type === 'execution.failed' ? end.error.code : ''}`, isTold)
    }
  },
}
