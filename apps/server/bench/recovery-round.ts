import { setTimeout as sleep } from 'node:timers/promises'
import { newPerson, type Person } from '../faults/person.ts'
import { followRaw } from '../faults/raw-follower.ts'
import type { World } from '../faults/world.ts'
import type { ServerProcess } from '../test/server-process.ts'

/** For each stream, how many milliseconds after the signal its followers heard from it again. */
export interface Recovered {
  /** Of one on another server: the first event that is new, and the first new word. */
  event: number[]
  word: number[]
  /** Of the typed client on the server that goes, the first new word. */
  client: number[]
}

interface RoundOptions {
  heirs: readonly ServerProcess[]
  victim: ServerProcess
  signal: 'SIGKILL' | 'SIGTERM'
  streams: number
}

/** Lets streams run on one server, ends it by the signal in the middle of them, and measures until they go on elsewhere. */
export async function measureRound(world: World, options: RoundOptions): Promise<Recovered> {
  const { heirs, victim, signal, streams } = options
  const network = await world.proxy(victim.url)
  const balanced = `http://127.0.0.1:${network.port}`
  const person = await newPerson(world, victim.url)
  const begun = await Promise.all(
    Array.from({ length: streams }, async (_, index) => {
      const executionId = await begin(person, victim.url)
      const elsewhere = followElsewhere(person, heirs[index % heirs.length]!.url, executionId)
      const client = followByClient(person, balanced, executionId)
      await Promise.all([elsewhere.flows, client.flows])
      return { executionId, again: Promise.all([elsewhere.again, client.again]) }
    }),
  )
  // Anywhere between two heartbeats.
  await sleep(Math.random() * 1000)
  const at = performance.now()
  const ended = victim.stop(signal)
  network.target = Number(new URL(heirs[0]!.url).port)
  const waits = await Promise.all(begun.map(({ again }) => again))
  await ended
  await Promise.all(begun.map(({ executionId }) => person.at(heirs[0]!.url).executions.cancel({ executionId })))
  return {
    event: waits.map(([elsewhere]) => elsewhere.event - at),
    word: waits.map(([elsewhere]) => elsewhere.word - at),
    client: waits.map(([, client]) => client.word - at),
  }
}

async function begin(person: Person, url: string): Promise<string> {
  const { id: conversationId } = await person.at(url).conversations.create({ agentId: person.agents.openai })
  const content = '[[tokens 3000]] [[pace 20]]'
  return (await person.at(url).conversations.send({ conversationId, content })).execution.id
}

/** When a follower first hears a word, and when it hears of the attempt of the next server. */
interface Heard {
  flows: Promise<void>
  again: Promise<{ event: number; word: number }>
}

function listener() {
  const flows = Promise.withResolvers<void>()
  const again = Promise.withResolvers<{ event: number; word: number }>()
  let event: number | undefined
  /** Gives whether there is nothing more to hear. */
  const hear = (told: { type: string; attempt?: number }): boolean => {
    if (told.type === 'text.delta') flows.resolve()
    if (told.type === 'attempt.started' && (told.attempt ?? 1) > 1) event ??= performance.now()
    if (told.type !== 'text.delta' || event === undefined) return false
    again.resolve({ event, word: performance.now() })
    return true
  }
  return { hear, flows: flows.promise, again: again.promise }
}

function followElsewhere(person: Person, url: string, executionId: string): Heard {
  const { hear, ...heard } = listener()
  const leave = new AbortController()
  const onEvent = (event: Parameters<typeof hear>[0]) => {
    if (hear(event)) leave.abort()
  }
  void followRaw({ url: () => url, token: person.token, executionId, after: 0, onEvent, signal: leave.signal })
  return heard
}

function followByClient(person: Person, url: string, executionId: string): Heard {
  const { hear, ...heard } = listener()
  const follow = async () => {
    for await (const event of person.at(url).executions.follow(executionId)) if (hear(event)) return
  }
  void follow()
  return heard
}
