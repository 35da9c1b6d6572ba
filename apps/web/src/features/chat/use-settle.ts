import type { ExecutionState } from '@kickstartmyai/client'
import { trpc, type FollowedExecution } from '@kickstartmyai/client/react'
import type { ConversationId, ExecutionId } from '@kickstartmyai/contract'
import { useEffect, useEffectEvent } from 'react'
import { conversationCache } from './conversation-cache.ts'

/** When the followed execution ends, its answer takes its place among the messages, in one go. */
export function useSettle(
  conversationId: ConversationId,
  executionId: ExecutionId | null,
  { connection, state }: FollowedExecution,
  onEnd: (state: ExecutionState) => void,
): void {
  const utils = trpc.useUtils()
  const ended = connection === 'ended'

  const settle = useEffectEvent(async (id: ExecutionId) => {
    const cache = conversationCache(utils)
    onEnd(state)
    // How it ended is shown with it. If that cannot be had now, the list is fetched when it can.
    await utils.executions.get.fetch({ executionId: id }, { staleTime: 0 }).then(cache.putExecution, () => {})
    if (state.message) cache.addMessage(state.message)
    cache.setActive(conversationId, null)
    await Promise.all([utils.conversations.list.invalidate(), utils.conversations.get.invalidate({ conversationId })])
  })

  useEffect(() => {
    if (executionId && ended) void settle(executionId)
  }, [executionId, ended])
}
