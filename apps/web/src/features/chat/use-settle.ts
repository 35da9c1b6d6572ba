import type { ConversationId, ExecutionId } from '@kickstartmyai/contract'
import { useEffect, useEffectEvent } from 'react'
import { trpc } from '../../lib/client.ts'
import { conversationCache } from './conversation-cache.ts'
import type { ExecutionFold } from './fold-execution.ts'

/** True once nothing more will be heard of an execution. */
export const hasEnded = ({ status }: Pick<ExecutionFold, 'status'>): boolean =>
  status === 'completed' || status === 'failed' || status === 'cancelled'

/** When the followed execution ends, its answer takes its place among the messages, in one go. */
export function useSettle(conversationId: ConversationId, executionId: ExecutionId | null, fold: ExecutionFold): void {
  const utils = trpc.useUtils()
  const ended = hasEnded(fold)

  const settle = useEffectEvent(async (id: ExecutionId) => {
    const cache = conversationCache(utils)
    // How it ended is shown with it. If that cannot be had now, the list is fetched when it can.
    await utils.executions.get.fetch({ executionId: id }, { staleTime: 0 }).then(cache.putExecution, () => {})
    if (fold.message) cache.addMessage(fold.message)
    cache.setActive(conversationId, null)
    await Promise.all([utils.conversations.list.invalidate(), utils.conversations.get.invalidate({ conversationId })])
  })

  useEffect(() => {
    if (executionId && ended) void settle(executionId)
  }, [executionId, ended])
}
