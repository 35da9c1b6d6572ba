import { setTimeout as sleep } from 'node:timers/promises'
import { type ExecutionEvent, isTerminalEvent } from '@kickstartmyai/contract'
import { type Client, ClientError } from '@kickstartmyai/client'
import { type AcknowledgedSend, emptyLedger, type Ledger } from './ledger.ts'
import { newPerson, type Person, type Provider, providers } from './person.ts'
import { createRandom, type Random } from './random.ts'
import { followRaw } from './raw-follower.ts'
import type { World } from './world.ts'

/** One run of a scenario: a world, a seed that decides all that is random, and the book that is kept. */
export interface Trial {
  world: World
  seed: number
  random: Random
  isFull: boolean
  ledger: Ledger
  /** Aborts when nobody waits for the trial any more. */
  over: AbortSignal
}

export function createTrial(world: World, seed: number, isFull: boolean, over: AbortSignal): Trial {
  return { world, seed, random: createRandom(seed), isFull, ledger: emptyLedger(), over }
}

export interface Sent {
  executionId: string
  conversationId: string
  messageId: string
}

interface SendOptions {
  provider?: Provider
  /** Another agent than the person's own of that provider. */
  agentId?: string
  conversationId?: string
  clientKey?: string
}

/** A person of this trial alone. */
export const aPerson = ({ world }: Trial, url: string): Promise<Person> => newPerson(world, url)

let tags = 0

/** Stands in a message, so that what the model is asked can be told apart. */
export const newTag = ({ seed }: Trial): string => `#t${seed}-${(tags += 1)};`

/** Keeps an acknowledgement. */
export function keepSend(
  { ledger }: Trial,
  send: Omit<AcknowledgedSend, 'kind'>,
  kind: AcknowledgedSend['kind'] = 'send',
): void {
  ledger.sends.push({ ...send, kind })
}

/** Says something, in a new conversation unless told, and keeps the acknowledgement. */
export async function say(
  trial: Trial,
  person: Person,
  api: Client,
  content: string,
  {
    provider = trial.random.pick(providers),
    agentId,
    conversationId,
    clientKey = crypto.randomUUID(),
  }: SendOptions = {},
): Promise<Sent> {
  const { ledger } = trial
  const place = conversationId ?? (await api.conversations.create({ agentId: agentId ?? person.agents[provider] })).id
  const tag = newTag(trial)
  ledger.unanswered.add(clientKey)
  const send = { conversationId: place, content: `${tag} ${content}`, clientKey }
  const { message, execution } = await api.conversations.send(send)
  ledger.unanswered.delete(clientKey)
  const ids = { conversationId: place, messageId: message.id, executionId: execution.id }
  keepSend(trial, { ...ids, tag })
  for (const [, key] of content.matchAll(/"key":"([^"]+)"/g)) {
    ledger.effects.push({ key: key!, executionId: execution.id })
  }
  return ids
}

/** The text that makes a model call the tool with an effect, and the key under which it is counted. */
export function anEffect({ seed }: Trial, more: Record<string, unknown> = {}): { key: string; directive: string } {
  const key = `effect-${seed}-${crypto.randomUUID()}`
  return { key, directive: `[[tool effect ${JSON.stringify({ key, ...more })}]]` }
}

interface FollowOptions {
  after?: number
  /** Leaves when this holds. */
  until?: (event: ExecutionEvent) => boolean
  /** How long each event is looked at. */
  paceMs?: number
  /** After how much silence the typed client takes its connection for dead. */
  silenceMs?: number
}

/** Follows by the typed client and keeps what it was told; throws what the client throws. */
export async function follow(
  { ledger, over }: Trial,
  api: Client,
  executionId: string,
  { after = 0, until, paceMs = 0, silenceMs = 20_000 }: FollowOptions = {},
): Promise<ExecutionEvent[]> {
  const log = { follower: 'client', executionId, after, events: [] as ExecutionEvent[], stayed: false }
  ledger.followers.push(log)
  try {
    for await (const event of api.executions.follow(executionId, { lastEventId: after, silenceMs, signal: over })) {
      log.events.push(event)
      if (isTerminalEvent(event.type)) log.stayed = true
      if (until?.(event)) break
      if (paceMs > 0) await sleep(paceMs)
    }
  } catch (error) {
    if (!over.aborted) throw error
  }
  return log.events
}

/** Follows by plain server-sent events and keeps what it was told. */
export async function followPlainly(
  { ledger, over }: Trial,
  person: Person,
  url: () => string,
  executionId: string,
  { after = 0, until, paceMs = 0 }: FollowOptions = {},
): Promise<ExecutionEvent[]> {
  const log = { follower: 'plain', executionId, after, events: [] as ExecutionEvent[], stayed: false }
  ledger.followers.push(log)
  const leave = new AbortController()
  await followRaw({
    url,
    token: person.token,
    executionId,
    after,
    signal: AbortSignal.any([leave.signal, over]),
    async onEvent(event) {
      log.events.push(event)
      if (isTerminalEvent(event.type)) log.stayed = true
      if (until?.(event)) leave.abort()
      if (paceMs > 0) await sleep(paceMs)
    },
  })
  return log.events
}

/** Makes a call again and again until the server answers it: for calls that may be made twice. */
export async function insist<Value>(call: () => Promise<Value>, ms = 60_000): Promise<Value> {
  for (const deadline = performance.now() + ms; ;) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof ClientError) || (error.status ?? 500) < 500 || performance.now() > deadline) throw error
      await sleep(100)
    }
  }
}

/** How executions of this trial ended, for those that it says something about. */
export async function statusesOf({ world }: Trial, ids: readonly string[]): Promise<string[]> {
  const query = `select status from executions where id = any($1::uuid[]) order by created_at, id`
  return (await world.sql<{ status: string }>(query, [ids])).map(({ status }) => status)
}

/** Notes what should not have happened. */
export function expectThat({ ledger }: Trial, what: string, holds: boolean): void {
  if (!holds) ledger.violations.push(`expected: ${what}`)
}
