import { trpc } from '@kickstartmyai/client/react'

/** Deletes a conversation and takes it out of the list. */
export function useDeleteConversation() {
  const utils = trpc.useUtils()
  return trpc.conversations.delete.useMutation({ onSuccess: () => utils.conversations.list.invalidate() })
}
