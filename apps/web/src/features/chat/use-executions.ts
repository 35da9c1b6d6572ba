import type { ConversationId, Execution, ExecutionId } from '@kickstartmyai/contract'
import { useMemo } from 'react'
import { trpc } from '@kickstartmyai/client/react'

/** The query under which a conversation's executions are kept. */
export const executionsInput = (conversationId: ConversationId) => ({ conversationId, limit: 100 })

/** The newest hundred executions of a conversation: who answered, how it ended, what it cost. */
export function useExecutions(conversationId: ConversationId): ReadonlyMap<ExecutionId, Execution> {
  const { data } = trpc.executions.list.useQuery(executionsInput(conversationId))
  return useMemo(() => new Map(data?.items.map((execution) => [execution.id, execution])), [data])
}
