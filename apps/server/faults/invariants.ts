import { isDeepStrictEqual } from 'node:util'
import { type ExecutionEvent, isTerminalEvent, type MessagePart, type Usage } from '@kickstartmyai/contract'
import { foldEvents, merged } from './fold.ts'
import type { AcknowledgedSend, FollowerLog, Ledger } from './ledger.ts'
import type { Trial } from './trial.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** An execution with all that is stored of it. */
interface Stored {
  id: string
  message_id: string
  client_key: string | null
  status: string
  epoch: number
  last_seq: number
  attempts: number
  usage: Usage
  questions: number
  answers: { complete: boolean; parts: MessagePart[]; usage: Usage | null }[] | null
  events: { seq: number; epoch: number; type: string; body: string }[] | null
  step_epochs: number[] | null
}

const storedOf = `
  select e.id, e.message_id, e.client_key, e.status, e.epoch, e.last_seq, e.attempts,
    json_build_object('inputTokens', e.input_tokens, 'outputTokens', e.output_tokens,
      'cachedInputTokens', e.cached_input_tokens, 'reasoningTokens', e.reasoning_tokens) as usage,
    (select count(*)::int from messages m where m.execution_id = e.id and m.role = 'user') as questions,
    (select json_agg(json_build_object('complete', m.complete, 'parts', m.parts, 'usage', m.usage))
      from messages m where m.execution_id = e.id and m.role = 'assistant') as answers,
    (select json_agg(json_build_object('seq', v.seq, 'epoch', v.epoch, 'type', v.type, 'body', v.body) order by v.seq)
      from execution_events v where v.execution_id = e.id) as events,
    (select json_agg(s.epoch) from execution_steps s where s.execution_id = e.id) as step_epochs
  from executions e where e.conversation_id = any($1::uuid[])`

const terminalStatus: Readonly<Record<string, string>> = {
  completed: 'execution.completed',
  failed: 'execution.failed',
  timed_out: 'execution.failed',
  cancelled: 'execution.cancelled',
}

/** Waits for all executions of a trial to end, and gives what does not hold, in words. */
export async function checkTrial({ world, ledger }: Trial): Promise<string[]> {
  const conversations = [...new Set(ledger.sends.map(({ conversationId }) => conversationId))]
  const unended = () =>
    world.sql<{ id: string; status: string }>(
      `select id, status from executions where conversation_id = any($1::uuid[]) and status in ('queued', 'running')`,
      [conversations],
    )
  try {
    await until('every execution ends', async () => (await unended()).length === 0)
  } catch (error) {
    return [...ledger.violations, `${String(error)}: ${JSON.stringify(await unended())}`]
  }
  const rows = await world.sql<Stored>(storedOf, [conversations])
  const stored = new Map(rows.map((row) => [row.id, row]))
  return [
    ...ledger.violations,
    ...checkSends(ledger, rows),
    ...rows.flatMap((row) => [...checkLog(row), ...checkAnswer(row)].map((problem) => `${row.id}: ${problem}`)),
    ...ledger.followers.flatMap((log) => checkFollower(log, stored.get(log.executionId))),
    ...ledger.effects.flatMap(({ key, executionId }) => checkEffect(world, key, stored.get(executionId))),
    ...ledger.sends.flatMap((send) => checkUsage(world, send, stored.get(send.executionId))),
  ]
}

/** Every acknowledged send is there, once; nothing is there that nobody sent. */
function checkSends({ sends, unanswered }: Ledger, rows: readonly Stored[]): string[] {
  const stored = new Map(rows.map((row) => [row.id, row]))
  const acknowledged = new Set(sends.map(({ executionId }) => executionId))
  return [
    ...sends.flatMap(({ executionId, messageId, kind }) => {
      const row = stored.get(executionId)
      if (!row) return [`the acknowledged execution ${executionId} is lost`]
      const isWhole = row.message_id === messageId && row.questions === (kind === 'retry' ? 0 : 1)
      return isWhole ? [] : [`${executionId} has ${row.questions} user messages, its own is ${row.message_id}`]
    }),
    ...rows
      .filter((row) => !acknowledged.has(row.id) && !unanswered.has(row.client_key ?? ''))
      .map(({ id }) => `nobody was told of execution ${id}`),
  ]
}

/** The event log: 1, 2, 3 …, one end, which is the last and says what the row says; epochs never go back. */
function checkLog({ status, epoch, last_seq: lastSeq, events, step_epochs: steps }: Stored): string[] {
  const problems: string[] = []
  const log = events ?? []
  const seqs = log.map(({ seq }) => seq)
  if (seqs.some((seq, index) => seq !== index + 1)) problems.push(`stored events have gaps: ${brief(seqs)}`)
  if (seqs.length !== lastSeq) problems.push(`${seqs.length} events are stored, the row says ${lastSeq}`)
  const ends = log.filter(({ type }) => isTerminalEvent(type))
  if (status !== 'waiting' && (ends.length !== 1 || log.at(-1)?.type !== terminalStatus[status])) {
    problems.push(`it is ${status} and ends with ${log.at(-1)?.type}, terminal events: ${ends.length}`)
  }
  if (log.some((event, index) => event.epoch < (log[index - 1]?.epoch ?? 0))) {
    problems.push(`written with an old epoch: ${brief(log.map((event) => event.epoch))}`)
  }
  if ([...(steps ?? []), ...log.map((event) => event.epoch)].some((used) => used > epoch)) {
    problems.push(`something has an epoch above ${epoch}`)
  }
  return problems
}

/** One answer when it completed, one or none when it did not; its parts are the fold of the events. */
function checkAnswer({ status, usage, answers, events }: Stored): string[] {
  const [answer, ...more] = answers ?? []
  if (more.length > 0) return [`it has ${more.length + 1} answers`]
  const parts = foldEvents((events ?? []).map(({ seq, body }) => toEvent(seq, body)))
  if (!answer) {
    if (status === 'completed') return ['it completed without an answer']
    return parts.length === 0 ? [] : [`the partial answer is lost: ${brief(parts)}`]
  }
  const problems: string[] = []
  if (answer.complete !== (status === 'completed'))
    problems.push(`it is ${status}, its answer complete: ${answer.complete}`)
  if (!isDeepStrictEqual(merged(answer.parts), parts)) {
    problems.push(`stored answer and events differ:\n    ${brief(answer.parts)}\n    ${brief(parts)}`)
  }
  if (!isDeepStrictEqual(answer.usage, usage)) problems.push('answer and execution differ in their usage')
  return problems
}

/** A follower heard what is stored, from where it began, without a gap or a repetition, and if it stayed, to the end. */
function checkFollower({ follower, executionId, after, events, stayed }: FollowerLog, row?: Stored): string[] {
  const problem = (text: string) => [`${follower} follower of ${executionId}: ${text}`]
  if (!row) return problem('it followed what is not there')
  const seqs = events.map(({ seq }) => seq)
  if (seqs.some((seq, index) => seq !== after + 1 + index)) return problem(`heard ${brief(seqs)} after ${after}`)
  const differs = events.find((event) => !isStored(event, row))
  if (differs) return problem(`event ${differs.seq} is not what is stored: ${brief(differs)}`)
  const end = seqs.at(-1) ?? after
  return stayed && end !== row.last_seq ? problem(`the end came at ${end} of ${row.last_seq}`) : []
}

/** A tool with an effect ran at most once under its key, and if it is told as done, once. */
function checkEffect(world: World, key: string, row?: Stored): string[] {
  const times = world.effects.times(key)
  if (times > 1) return [`${row?.id}: the effect ${key} happened ${times} times`]
  const isTold = row?.events?.some(({ type, body }) => type === 'tool.completed' && body.includes(key))
  return isTold && times === 0 ? [`${row?.id}: the effect ${key} is told and did not happen`] : []
}

/** What is booked was used; in a run that nothing interrupted, all that was used is booked. */
function checkUsage({ models }: World, { tag, executionId, kind }: AcknowledgedSend, row?: Stored): string[] {
  if (!row || kind === 'retry') return []
  const told = models.requests.filter(({ body }) => newestTag(body) === tag)
  const sum = (name: 'inputTokens' | 'outputTokens') =>
    told.reduce((total, { usage }) => total + (usage?.[name] ?? 0), 0)
  return (['inputTokens', 'outputTokens'] as const).flatMap((name) => {
    const booked = row.usage[name]
    const isRight = row.status === 'completed' && row.epoch === 1 ? booked === sum(name) : booked <= sum(name)
    return isRight ? [] : [`${executionId}: ${booked} ${name} are booked, the upstream told ${sum(name)}`]
  })
}

/** What holds for the servers as a whole once nothing runs. */
export async function checkWorld({ models, servers, secrets, sql }: World): Promise<string[]> {
  const problems: string[] = []
  const unended = await sql(`select id, status, epoch from executions where status in ('queued', 'running')`)
  if (unended.length > 0) problems.push(`still under way: ${JSON.stringify(unended)}`)
  await until('no model is asked any more', () => models.openRequests === 0, 15_000).catch((error: unknown) =>
    problems.push(`${String(error)}: ${models.openRequests} open`),
  )
  for (const [index, server] of servers.entries()) {
    const output = server.output()
    const bad = /unhandled rejection|uncaught exception|events were refused by the database/.exec(output)
    if (bad) problems.push(`server ${index} logged “${bad[0]}”: ${lineOf(output, bad.index)}`)
    const secret = [...secrets].find((text) => output.includes(text))
    if (secret) problems.push(`server ${index} logged a secret: ${lineOf(output, output.indexOf(secret))}`)
  }
  return problems
}

function isStored(event: ExecutionEvent, row: Stored): boolean {
  const stored = row.events?.[event.seq - 1]
  return stored !== undefined && isDeepStrictEqual(event, toEvent(stored.seq, stored.body))
}

const toEvent = (seq: number, body: string) => ({ ...(JSON.parse(body) as ExecutionEvent), seq })

function newestTag(body: object): string | undefined {
  return JSON.stringify(body)
    .match(/#t\d+-\d+;/g)
    ?.at(-1)
}

function brief(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 400 ? `${text.slice(0, 200)} … ${text.slice(-200)}` : text
}

const lineOf = (output: string, index: number) =>
  output
    .slice(output.lastIndexOf('\n', index) + 1)
    .split('\n', 1)[0]
    ?.slice(0, 600) ?? ''
