import type { ExecutionEvent, ExecutionId, StepId } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { createConversation } from '../conversations/create-conversation.ts'
import type { Deps } from '../deps.ts'
import { listMessages } from '../messages/list-messages.ts'
import { sendMessage } from '../messages/send-message.ts'
import { readAll } from '../testing/conversation.ts'
import { agentWith, effectTool } from '../testing/guarded-tools.ts'
import { createMortalReplica, type MortalReplica } from '../testing/mortal-replica.ts'
import { calls, says, type Script, stallsAfter } from '../testing/scripted-provider.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { approveStep } from './approve-step.ts'
import { cancelExecution } from './cancel-execution.ts'
import { type FailPoint, failPoints } from './fail-points.ts'
import { getExecution } from './get-execution.ts'

/** Leases that only a death ends. */
const settings = { leaseMs: 600_000, heartbeatMs: 100, pollMs: 20 }

/** A round with a tool that is free to run and one that a person is asked about, and then the answer. */
const works: Script = ({ messages }) =>
  messages.some(({ role }) => role === 'tool')
    ? says('All is done.')
    : calls({ callId: 'a', name: 'free', input: { to: 'a' } }, { callId: 'b', name: 'asked', input: { to: 'b' } })

/** The person: follows to the end, and allows what is asked once the execution waits for it or its process is dead. */
async function followAndAllow(deps: Deps, actor: Actor, id: ExecutionId, victim: MortalReplica, isDecider: boolean) {
  const events: ExecutionEvent[] = []
  for (;;) {
    events.push(...(await readAll(deps, actor, id, events.at(-1)?.seq, ({ type }) => type === 'approval.requested')))
    const last = events.at(-1)
    if (last?.type !== 'approval.requested') return events
    while ((await getExecution(deps, actor, id)).status === 'running' && !victim.isDead) await pause()
    const input = { executionId: id, stepId: last.stepId as StepId, decision: 'approve' as const }
    if (isDecider) await Promise.race([approveStep(victim.deps, actor, input).catch(() => {}), victim.died])
    await approveStep(deps, actor, input)
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 10))

/** The database finds that the leases of the dead have run out. */
const expireLeases = ({ deps }: TestWorld) =>
  deps.db
    .updateTable('executions')
    .set({ lease_until: new Date(0) })
    .where('status', '=', 'running')
    .execute()

/** Sets the victim to work on what leads to its death, and takes over from it. */
async function killAt(point: FailPoint, world: TestWorld, victim: MortalReplica, actor: Actor, id: ExecutionId) {
  const [boundary] = point.split('.')
  switch (boundary) {
    case 'send':
      break
    case 'cancel':
      await Promise.race([cancelExecution(victim.deps, actor, id).catch(() => {}), victim.died])
      await cancelExecution(world.deps, actor, id)
      break
    case 'approval_decided':
      world.engine.start()
      await victim.died
      return
    case 'release':
      victim.engine.start()
      await readAll(world.deps, actor, id, 0, ({ type }) => type === 'text.delta')
      await Promise.race([victim.engine.drain(0).catch(() => {}), victim.died])
      break
    default:
      victim.engine.start()
      await victim.died
  }
  await expireLeases(world)
  world.engine.start()
}

test.each(failPoints)('a process dies at %s: another ends what it had begun, once and whole', async (point) => {
  const free = effectTool('free')
  const asked = effectTool('asked')
  const left: MortalReplica[] = []
  {
    await using world = await createTestWorld({ settings, tools: [free.tool, asked.tool] })
    const actor = await world.newActor()
    const agentId = await agentWith(world.deps, actor, { free: 'allow', asked: 'ask' })
    const stalls: Script[] = point.startsWith('release') ? [(_, signal) => stallsAfter('Half', signal)] : []
    world.provider.play(...stalls, works)
    const { id: conversationId } = await createConversation(world.deps, actor, { agentId })
    const input = { conversationId, clientKey: 'once', content: [{ type: 'text' as const, text: 'Do it' }] }

    const victim = createMortalReplica(world, point)
    left.push(victim)
    if (point.startsWith('send')) {
      await Promise.race([sendMessage(victim.deps, actor, input).catch(() => {}), victim.died])
    }
    const { execution } = await sendMessage(world.deps, actor, input)
    if (point.startsWith('tool_given_up')) {
      // A call is given up by the process that comes after the one that began it.
      const first = createMortalReplica(world, 'tool_called.after')
      left.push(first)
      first.engine.start()
      await first.died
      await expireLeases(world)
    }
    const isDecider = point.startsWith('approval_decided')
    const following = followAndAllow(world.deps, actor, execution.id, victim, isDecider)
    await killAt(point, world, victim, actor, execution.id)
    const events = await following

    expect(victim.isDead).toBe(true)
    const isCancelled = point.startsWith('cancel')
    const ended = await getExecution(world.deps, actor, execution.id)
    expect(ended).toMatchObject({ status: isCancelled ? 'cancelled' : 'completed', lastSeq: events.length })
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    expect(await readAll(world.deps, actor, execution.id)).toEqual(events)
    const { items } = await listMessages(world.deps, actor, { conversationId, limit: 10 })
    expect(items.map(({ content }) => content)).toEqual(isCancelled ? ['Do it'] : ['Do it', 'All is done.'])
    const stored = await world.deps.db.selectFrom('execution_events').select('epoch').orderBy('seq').execute()
    const epochs = stored.map(({ epoch }) => epoch)
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
    expect(free.ran.length).toBeLessThanOrEqual(1)
    expect(asked.ran.length).toBeLessThanOrEqual(1)
    for (const each of left) each.bury()
  }
  for (const each of left) each[Symbol.dispose]()
})
