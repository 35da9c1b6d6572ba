import type { AgentId } from '@kickstartmyai/contract'
import { errorText } from '../../i18n/error-text.ts'
import { trpc } from '@kickstartmyai/client/react'
import { toast } from '../../ui/toast.ts'

/** Gives a conversation to another agent, shown at once and taken back if the server refuses. */
export function useChooseAgent() {
  const utils = trpc.useUtils()
  return trpc.conversations.update.useMutation({
    onMutate: ({ conversationId, agentId }) => {
      const before = utils.conversations.get.getData({ conversationId })
      if (before && agentId)
        utils.conversations.get.setData({ conversationId }, { ...before, agentId: agentId as AgentId })
      return { before }
    },
    onError: (error, { conversationId }, context) => {
      utils.conversations.get.setData({ conversationId }, context?.before)
      toast(errorText(error).title)
    },
  })
}
