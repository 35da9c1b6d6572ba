import type { ConversationId } from '@kickstartmyai/contract'
import { trpc } from '@kickstartmyai/client/react'
import { titleOf } from './title-of.ts'

/** What a conversation is called; undefined while that is not known. */
export function useConversationTitle(conversationId: ConversationId): string | undefined {
  const { data } = trpc.conversations.get.useQuery({ conversationId })
  return data && titleOf(data)
}
