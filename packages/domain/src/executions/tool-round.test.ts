import { defineTool } from '@kickstartmyai/ai'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { beginConversation, readAll } from '../testing/conversation.ts'
import { agentWith } from '../testing/guarded-tools.ts'
import { calls, says } from '../testing/scripted-provider.ts'
import { createTestWorld } from '../testing/test-world.ts'

test('a call is committed with the step that asked for it, before its tool begins; its result before what is said next', async () => {
  const told: string[] = []
  const tool = defineTool({
    name: 'send',
    title: 'Send',
    description: 'Does something that cannot be undone',
    effect: 'external',
    input: z.object({}),
    timeoutMs: 60_000,
    run: () => told.push('the tool runs'),
  })
  const failPoint = (point: string) => void (/^(flush|send)/.test(point) || told.push(point))
  await using world = await createTestWorld({ tools: [tool], deps: { failPoint } })
  world.engine.start()
  world.provider.play(
    () => calls({ callId: 'c1', name: 'send', input: {} }),
    () => says('Done.'),
  )
  const actor = await world.newActor()
  const agentId = await agentWith(world.deps, actor, { send: 'allow' })
  const { execution } = await beginConversation(world.deps, actor, 'Send it', agentId)
  const events = await readAll(world.deps, actor, execution.id)

  const begin = told.indexOf('step_finished.before')
  expect(told.slice(begin, begin + 5)).toEqual([
    'step_finished.before',
    'tool_called.before',
    'step_finished.after',
    'tool_called.after',
    'the tool runs',
  ])
  expect(events.map(({ type }) => type)).toEqual([
    'execution.started',
    'attempt.started',
    'usage.updated',
    'tool.called',
    'tool.completed',
    'attempt.started',
    'text.delta',
    'usage.updated',
    'message.completed',
    'execution.completed',
  ])
})
