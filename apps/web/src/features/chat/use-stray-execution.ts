import type { ConversationId, Execution, ExecutionId, Message } from '@kickstartmyai/contract'
import { useEffect } from 'react'
import { trpc } from '@kickstartmyai/client/react'

interface Known {
  liveId: ExecutionId | null
  messages: readonly Message[]
  executions: ReadonlyMap<ExecutionId, Execution>
}

/**
 * Fetches the messages anew when they do not fit what else is known: a question that another tab asked is not among
 * them, or the answer to the last one was finished without this page having heard it.
 */
export function useStrayExecution(conversationId: ConversationId, known: Known): void {
  const utils = trpc.useUtils()
  const stray = strayExecution(known)
  useEffect(() => {
    if (!stray) return
    void utils.conversations.messages.invalidate({ conversationId })
    void utils.executions.list.invalidate({ conversationId })
  }, [stray, utils, conversationId])
}

/** The execution whose question or answer is missing. */
export function strayExecution({ liveId, messages, executions }: Known): ExecutionId | null {
  const last = messages.at(-1)
  if (!last) return null
  if (liveId) return messages.some((message) => message.executionId === liveId) ? null : liveId
  if (last.role !== 'user' || !last.executionId) return null
  const status = executions.get(last.executionId)?.status
  return status === 'failed' || status === 'cancelled' || status === 'timed_out' ? null : last.executionId
}
