import { defineTool, type ToolDefinition } from '@kickstartmyai/ai'
import type { ApprovalDecision, ExecutionEvent, ExecutionId, StepId } from '@kickstartmyai/contract'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../actor.ts'
import { updateAgent } from '../agents/update-agent.ts'
import { listMessages } from '../messages/list-messages.ts'
import { sendMessage } from '../messages/send-message.ts'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith, effectTool, questionsIn } from '../testing/guarded-tools.ts'
import { calls, says, type Script } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld, type WorldOptions } from '../testing/test-world.ts'
import { approveStep } from './approve-step.ts'
import { cancelExecution } from './cancel-execution.ts'
import { getExecution } from './get-execution.ts'
import { listSteps } from './list-steps.ts'

const call = (callId: string, to = callId, name = 'send') => ({ callId, name, input: { to, urgent: undefined } })

/** A world in which an agent may use its tool only when it is allowed to, and an execution that wants to. */
async function held(asked: Script, { tools = [], ...options }: WorldOptions & { tools?: ToolDefinition[] } = {}) {
  const effect = effectTool()
  const world = await createTestWorld({ ...options, tools: [effect.tool, ...tools] })
  world.engine.start()
  const actor = await world.newActor()
  world.provider.play(asked, () => says('Done.'))
  const free = Object.fromEntries(tools.map(({ name }) => [name, 'allow' as const]))
  const agentId = await agentWith(world.deps, actor, { send: 'ask', ...free })
  const begun = await beginConversation(world.deps, actor, 'Send it', agentId)
  const executionId = begun.execution.id
  return {
    ...begun,
    world,
    actor,
    agentId,
    executionId,
    ran: effect.ran,
    decide: (stepId: StepId | undefined, decision: ApprovalDecision) =>
      approveStep(world.deps, actor, { executionId, stepId: stepId!, decision }),
    /** Everything up to the `count`th question; the ids of their steps by call. */
    async asked(count = 1) {
      let seen = 0
      const isLast = (event: ExecutionEvent) => event.type === 'approval.requested' && ++seen === count
      return questionsIn(await readAll(world.deps, actor, executionId, 0, isLast))
    },
    waiting: () => untilWaiting(world, actor, executionId),
    steps: async () => {
      const { items } = await listSteps(world.deps, actor, executionId)
      return Object.fromEntries(items.map((step) => [step.name, step]))
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

async function untilWaiting(world: Pick<TestWorld, 'deps'>, actor: Actor, executionId: ExecutionId) {
  const status = async () => (await getExecution(world.deps, actor, executionId)).status
  await expect.poll(status, { timeout: 30_000 }).toBe('waiting')
}

const typesOf = (events: readonly ExecutionEvent[]) =>
  events.map(({ type }) => type).filter((type) => /^(tool|approval|execution)\./.test(type))
const isGapless = (events: readonly ExecutionEvent[]) =>
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))

test('an execution waits without a lease, runs exactly what was approved, once, and comes to its end', async () => {
  await using it = await held(() => calls(call('a', 'Ada')))
  const { a } = await it.asked()
  await it.waiting()
  expect(it.ran).toEqual([])
  expect(it.world.engine.running).toBe(0)
  const row = await it.world.deps.db.selectFrom('executions').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ owner: null, lease_until: null, attempts: 0, status: 'waiting' })
  expect((await it.steps())['tool:0:a']).toMatchObject({ id: a, state: 'awaiting', decision: null, endedAt: null })

  await it.decide(a, 'approve')
  const events = await readAll(it.world.deps, it.actor, it.executionId)
  isGapless(events)
  expect(typesOf(events)).toEqual([
    'execution.started',
    'tool.called',
    'approval.requested',
    'approval.decided',
    'tool.completed',
    'execution.completed',
  ])
  expect(events.find(({ type }) => type === 'approval.decided')).toMatchObject({ stepId: a, decision: 'approve' })
  // The model was not asked again for what it had said.
  expect(events.filter((event) => event.type === 'attempt.started').map(({ attempt }) => attempt)).toEqual([1, 1])
  expect(it.ran).toEqual([{ to: 'Ada' }])
  expect((await it.steps())['tool:0:a']).toMatchObject({ state: 'done', decision: 'approve' })
  expect(await getExecution(it.world.deps, it.actor, it.executionId)).toMatchObject({
    status: 'completed',
    attempts: 1,
  })
  const { items } = await listMessages(it.world.deps, it.actor, { conversationId: it.conversationId, limit: 10 })
  expect(items[1]?.parts.map(({ type }) => type)).toEqual(['tool_call', 'tool_result', 'text'])
})

test('a call that is denied is not run, and the model is told so and goes on', async () => {
  await using it = await held(() => calls(call('a')))
  const { a } = await it.asked()
  await it.waiting()
  await it.decide(a, 'deny')
  const events = await readAll(it.world.deps, it.actor, it.executionId)
  isGapless(events)
  expect(typesOf(events).slice(-3)).toEqual(['approval.decided', 'tool.failed', 'execution.completed'])
  expect(events.find(({ type }) => type === 'tool.failed')).toMatchObject({ callId: 'a', error: { code: 'DENIED' } })
  const heard = it.world.provider.requests[1]?.messages.at(-1)
  expect(heard).toMatchObject({ results: [{ callId: 'a', outcome: { ok: false, error: { code: 'DENIED' } } }] })
  expect(it.ran).toEqual([])
})

test('of two calls of a round each goes its own way, and nothing goes on before both are decided', async () => {
  await using it = await held(() => calls(call('a'), call('b')))
  const { a, b } = await it.asked(2)
  await it.waiting()
  expect(await it.decide(b, 'deny')).toMatchObject({ status: 'waiting' })
  const told = await readAll(it.world.deps, it.actor, it.executionId, 0, ({ type }) => type === 'approval.decided')
  expect(told.at(-1)).toMatchObject({ stepId: b, decision: 'deny' })
  await it.decide(a, 'approve')
  const events = await readAll(it.world.deps, it.actor, it.executionId)
  isGapless(events)
  expect(it.ran).toEqual([{ to: 'a' }])
  expect(events.filter(({ type }) => type === 'approval.decided')).toHaveLength(2)
  expect(it.world.provider.requests[1]?.messages.at(-1)).toMatchObject({
    results: [
      { callId: 'a', outcome: { ok: true } },
      { callId: 'b', outcome: { ok: false } },
    ],
  })
})

/** A tool that runs until it is let go. */
function slowTool() {
  const { promise, resolve } = Promise.withResolvers<string>()
  const tool = defineTool({
    name: 'slow',
    title: 'Slow',
    description: 'Takes its time',
    effect: 'external',
    input: z.object({ to: z.string() }),
    timeoutMs: 60_000,
    run: () => promise,
  })
  return { tool, finish: () => resolve('at last') }
}

test.for(['approve', 'deny'] as const)(
  'what is decided (%s) while another tool of the round runs is told and acted on when that is done',
  async (decision) => {
    const slow = slowTool()
    await using it = await held(() => calls(call('a'), call('b', 'b', 'slow')), { tools: [slow.tool] })
    const { a } = await it.asked()
    expect(await it.decide(a, decision)).toMatchObject({ status: 'running' })
    slow.finish()
    const events = await readAll(it.world.deps, it.actor, it.executionId)
    isGapless(events)
    expect(typesOf(events)).toEqual([
      'execution.started',
      'tool.called',
      'approval.requested',
      'tool.called',
      'tool.completed',
      'approval.decided',
      decision === 'approve' ? 'tool.completed' : 'tool.failed',
      'execution.completed',
    ])
    expect(it.ran).toHaveLength(decision === 'approve' ? 1 : 0)
  },
)

test('of two calls, one decided early, the other is still waited for after the first was acted on', async () => {
  const slow = slowTool()
  await using it = await held(() => calls(call('a'), call('b', 'b', 'slow'), call('c')), { tools: [slow.tool] })
  const { a, c } = await it.asked(2)
  await it.decide(a, 'approve')
  slow.finish()
  await it.waiting()
  expect(it.ran).toEqual([{ to: 'a' }])
  await it.decide(c, 'approve')
  const events = await readAll(it.world.deps, it.actor, it.executionId)
  isGapless(events)
  expect(it.ran).toEqual([{ to: 'a' }, { to: 'c' }])
  expect(events.filter(({ type }) => type === 'approval.requested')).toHaveLength(2)
  expect(events.filter(({ type }) => type === 'approval.decided')).toHaveLength(2)
})

test('a call that would fail anyhow is no question to a person', async () => {
  await using it = await held(() => calls({ callId: 'a', name: 'send', input: { to: 7 } }))
  const events = await readAll(it.world.deps, it.actor, it.executionId)
  expect(typesOf(events)).not.toContain('approval.requested')
  expect(events.find(({ type }) => type === 'tool.failed')).toMatchObject({ error: { code: 'INVALID_INPUT' } })
})

describe('a decision', () => {
  test('is made once: again it is no error, otherwise it is a conflict', async () => {
    await using it = await held(() => calls(call('a'), call('b')))
    const { a, b } = await it.asked(2)
    await it.waiting()
    const both = await Promise.allSettled([it.decide(a, 'approve'), it.decide(a, 'deny')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const made = both[0]?.status === 'fulfilled' ? 'approve' : 'deny'
    await it.decide(a, made)
    await expect(it.decide(a, made === 'deny' ? 'approve' : 'deny')).rejects.toMatchObject({ code: 'CONFLICT' })
    await it.decide(b, 'approve')
    const events = await readAll(it.world.deps, it.actor, it.executionId)
    expect(events.filter(({ type }) => type === 'approval.decided')).toHaveLength(2)
    await it.decide(a, made)
    expect(it.ran).toHaveLength(made === 'approve' ? 2 : 1)
  })

  test('is the owner’s alone, and only about a step that is there', async () => {
    await using it = await held(() => calls(call('a')))
    const { a } = await it.asked()
    await it.waiting()
    const stranger = await it.world.newActor()
    const foreign = { executionId: it.executionId, stepId: a!, decision: 'approve' as const }
    await expect(approveStep(it.world.deps, stranger, foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(it.decide(it.executionId as string as StepId, 'approve')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const model = (await it.steps())['model:0']
    await expect(it.decide(model?.id, 'approve')).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await it.steps())['tool:0:a']).toMatchObject({ state: 'awaiting', decision: null })
  })

  test('comes too late when the execution was stopped', async () => {
    await using it = await held(() => calls(call('a')))
    const { a } = await it.asked()
    await it.waiting()
    await cancelExecution(it.world.deps, it.actor, it.executionId)
    await expect(it.decide(a, 'approve')).rejects.toMatchObject({ code: 'EXECUTION_ENDED' })
  })
})

test('stopping what waits ends it at once, from a process that does not run it, and keeps what was said', async () => {
  await using it = await held(function* () {
    yield { type: 'text', text: 'I would send this:' }
    yield* calls(call('a'))
  })
  await it.asked()
  await it.waiting()
  const other = it.world.replica()
  expect(await cancelExecution(other.deps, it.actor, it.executionId)).toMatchObject({ status: 'cancelled' })
  const events = await readAll(it.world.deps, it.actor, it.executionId)
  isGapless(events)
  expect(events.at(-1)).toMatchObject({ type: 'execution.cancelled', message: { content: 'I would send this:' } })
  const { items } = await listMessages(it.world.deps, it.actor, { conversationId: it.conversationId, limit: 10 })
  expect(items[1]).toMatchObject({ content: 'I would send this:', complete: false, executionId: it.executionId })
  expect(items[1]?.parts.map(({ type }) => type)).toEqual(['text', 'tool_call'])
  expect(it.ran).toEqual([])
})

test('a restart changes nothing, and the decision still counts', async () => {
  await using it = await held(() => calls(call('a')))
  const { a } = await it.asked()
  await it.waiting()
  await it.world.engine.drain(0)
  const next = it.world.replica({ pollMs: 20 })
  next.engine.start()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await getExecution(next.deps, it.actor, it.executionId)).toMatchObject({ status: 'waiting', attempts: 0 })
  expect(next.engine.running).toBe(0)
  await approveStep(next.deps, it.actor, { executionId: it.executionId, stepId: a!, decision: 'approve' })
  const events = await readAll(next.deps, it.actor, it.executionId)
  isGapless(events)
  expect(events.at(-1)).toMatchObject({ type: 'execution.completed' })
  expect(it.ran).toHaveLength(1)
})

test('the agent as it was when the message was sent decides, whatever became of it since', async () => {
  await using it = await held(() => calls(call('a')))
  const { a } = await it.asked()
  await it.waiting()
  const tools = [{ name: 'send', policy: 'off' as const }]
  await updateAgent(it.world.deps, it.actor, { agentId: it.agentId, tools })
  await it.decide(a, 'approve')
  await readAll(it.world.deps, it.actor, it.executionId)
  expect(it.ran).toHaveLength(1)
})

test('the next message of the conversation waits behind it', async () => {
  await using it = await held(() => calls(call('a')))
  const { a } = await it.asked()
  await it.waiting()
  const { conversationId } = it
  const content = [{ type: 'text' as const, text: 'And?' }]
  const { execution: second } = await sendMessage(it.world.deps, it.actor, { conversationId, content })
  expect(second.status).toBe('queued')
  await it.decide(a, 'approve')
  await readAll(it.world.deps, it.actor, second.id)
  const roles = it.world.provider.requests.at(-1)?.messages.map(({ role }) => role)
  expect(roles).toEqual(['user', 'assistant', 'tool', 'assistant', 'user'])
})

test('what would run is compared with what was shown', async () => {
  await using it = await held(() => calls(call('a', 'Ada')))
  const { a } = await it.asked()
  await it.waiting()
  await it.world.deps.db.updateTable('execution_steps').set({ input_hash: 'another' }).where('id', '=', a!).execute()
  await it.decide(a, 'approve')
  const events = await readAll(it.world.deps, it.actor, it.executionId)
  expect(events.find(({ type }) => type === 'tool.failed')).toMatchObject({ error: { code: 'DENIED' } })
  expect(it.ran).toEqual([])
})
