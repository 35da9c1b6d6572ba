import type { Message, ConversationId } from '@kickstartmyai/contract'
import { useEffect, useMemo } from 'react'
import { trpc } from '@kickstartmyai/client/react'

/** The query under which a conversation's messages are kept. */
export const messagesInput = (conversationId: ConversationId) => ({ conversationId, limit: 100 })

/** All messages of a conversation, oldest first. They come in pages, one after the other, until they are all there. */
export function useMessages(conversationId: ConversationId) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, ...query } =
    trpc.conversations.messages.useInfiniteQuery(messagesInput(conversationId), {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    })
  const { isError } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage])

  const messages = useMemo(() => lastOfEach(data?.pages.flatMap((page) => page.items as Message[]) ?? []), [data])
  return { messages, ...query }
}

/** A message that was put in by hand and came with a page as well stands where the page has it. */
function lastOfEach(messages: readonly Message[]): Message[] {
  const last = new Map(messages.map((message, index) => [message.id, index]))
  return messages.filter((message, index) => last.get(message.id) === index)
}
