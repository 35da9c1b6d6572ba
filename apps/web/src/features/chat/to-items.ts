import type { Execution, ExecutionId, Message } from '@kickstartmyai/contract'
import type { PendingSend } from './outbox.ts'

/** One row of a conversation. */
export type Item =
  | { kind: 'user'; key: string; message: Message }
  | { kind: 'pending'; key: string; pending: PendingSend }
  /** `message` is null while the answer is being made. */
  | {
      kind: 'answer'
      key: string
      executionId: ExecutionId | null
      message: Message | null
      execution: Execution | undefined
    }
  /** An execution that ended without a word. */
  | { kind: 'outcome'; key: string; execution: Execution }

interface Sources {
  /** Oldest first. */
  messages: readonly Message[]
  pending: readonly PendingSend[]
  executions: ReadonlyMap<ExecutionId, Execution>
  /** The execution that is followed now. */
  liveId: ExecutionId | null
}

/**
 * The rows of a conversation, in order. The live answer and the stored one have the same key, so that the one turns into
 * the other in place.
 */
export function toItems({ messages, pending, executions, liveId }: Sources): Item[] {
  const answered = new Set(messages.flatMap((message) => (message.role === 'assistant' ? [message.executionId] : [])))
  const items: Item[] = []
  let livePlaced = false

  for (const message of messages) {
    const { executionId } = message
    if (message.role === 'assistant') {
      const execution = executionId ? executions.get(executionId) : undefined
      items.push({ kind: 'answer', key: answerKey(executionId ?? message.id), executionId, message, execution })
      continue
    }
    if (message.role !== 'user') continue
    items.push({ kind: 'user', key: message.id, message })
    if (!executionId || answered.has(executionId)) continue
    if (executionId === liveId) {
      items.push(live(executionId, executions))
      livePlaced = true
    } else {
      const execution = executions.get(executionId)
      if (
        execution &&
        (execution.status === 'failed' || execution.status === 'cancelled' || execution.status === 'timed_out')
      ) {
        items.push({ kind: 'outcome', key: answerKey(executionId), execution })
      }
    }
  }
  for (const one of pending) items.push({ kind: 'pending', key: one.clientKey, pending: one })
  if (liveId && !livePlaced && !answered.has(liveId)) {
    items.push(live(liveId, executions))
  }
  return items
}

const live = (executionId: ExecutionId, executions: Sources['executions']): Item => ({
  kind: 'answer',
  key: answerKey(executionId),
  executionId,
  message: null,
  execution: executions.get(executionId),
})

const answerKey = (id: string) => `answer-${id}`
