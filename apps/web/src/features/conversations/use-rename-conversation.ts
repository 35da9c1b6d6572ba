import { trpc } from '@kickstartmyai/client/react'

/** Changes a title, here at once and in every list. */
export function useRenameConversation() {
  const utils = trpc.useUtils()
  return trpc.conversations.update.useMutation({
    onSuccess: (conversation) => {
      utils.conversations.get.setData({ conversationId: conversation.id }, conversation)
      return utils.conversations.list.invalidate()
    },
  })
}
