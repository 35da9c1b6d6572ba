import type { ConversationId, ExecutionId, Message } from '@kickstartmyai/contract'
import { useEffect } from 'react'
import { trpc } from '../../lib/client.ts'

/** An answer to a question that this page has not seen, asked in another tab say: the messages are fetched anew. */
export function useStrayExecution(conversationId: ConversationId, liveId: ExecutionId | null, messages: readonly Message[]): void {
  const utils = trpc.useUtils()
  const stray = liveId !== null && messages.length > 0 && !messages.some((message) => message.executionId === liveId)
  useEffect(() => {
    if (stray) void utils.conversations.messages.invalidate({ conversationId })
  }, [stray, utils, conversationId])
}
