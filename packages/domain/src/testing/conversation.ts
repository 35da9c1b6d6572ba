import type { AgentId, ConversationId, Execution, ExecutionEvent, ExecutionId } from '@kickstartmyai/contract'
import type { Actor } from '../actor.ts'
import { createConversation } from '../conversations/create-conversation.ts'
import type { Deps } from '../deps.ts'
import { followExecution } from '../executions/follow-execution.ts'
import { sendMessage } from '../messages/send-message.ts'

/** A new conversation in which a first message was sent. */
export async function beginConversation(
  deps: Deps,
  actor: Actor,
  text = 'Hello',
  agentId?: AgentId,
): Promise<{ conversationId: ConversationId; execution: Execution }> {
  const { id: conversationId } = await createConversation(deps, actor, { agentId })
  const { execution } = await sendMessage(deps, actor, { conversationId, content: [{ type: 'text', text }] })
  return { conversationId, execution }
}

/** Every event after `afterSeq`, to the end of the execution or of `until`. */
export async function readAll(
  deps: Pick<Deps, 'lookUps' | 'events' | 'caps' | 'clock' | 'openStreams'>,
  actor: Actor,
  executionId: ExecutionId,
  afterSeq = 0,
  until: (event: ExecutionEvent) => boolean = () => false,
): Promise<ExecutionEvent[]> {
  const events: ExecutionEvent[] = []
  const stop = new AbortController()
  for await (const batch of await followExecution(deps, actor, executionId, afterSeq, stop.signal)) {
    for (const { seq, body } of batch) {
      const event = { ...JSON.parse(body), seq } as ExecutionEvent
      events.push(event)
      if (until(event)) return events
    }
  }
  return events
}
