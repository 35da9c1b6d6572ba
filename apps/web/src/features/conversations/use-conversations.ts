import type { Conversation } from '@kickstartmyai/contract'
import { useMemo } from 'react'
import { trpc } from '@kickstartmyai/client/react'

/** How many conversations a page of the list has. */
const limit = 40
/** While something is being answered the list looks again, in milliseconds: other tabs and devices end answers too. */
const busyInterval = 5000

/** The person's conversations, the latest spoken in first. */
export function useConversations() {
  const { data, ...query } = trpc.conversations.list.useInfiniteQuery(
    { limit },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: ({ state }) =>
        state.data?.pages.some((page) => page.items.some((one) => one.activeExecutionId)) ? busyInterval : false,
    },
  )
  const conversations = useMemo(() => unique(data?.pages.flatMap((page) => page.items) ?? []), [data])
  return { conversations, ...query }
}

/** A conversation that moved up while pages were fetched is in two of them. */
function unique(conversations: readonly Conversation[]): Conversation[] {
  return [...new Map(conversations.map((one) => [one.id, one])).values()]
}
