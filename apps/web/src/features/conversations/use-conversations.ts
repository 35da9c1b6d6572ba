import type { Conversation } from '@kickstartmyai/contract'
import { useEffect, useMemo } from 'react'
import { trpc } from '@kickstartmyai/client/react'
import { awaitsTitle } from './awaits-title.ts'

/** How many conversations a page of the list has. */
const limit = 40
/** While something is being answered the list looks again, in milliseconds: other tabs and devices end answers too. */
const busyInterval = 5000
/** And soon after a first answer, when the model finds a title. */
const titleInterval = 2000

/** The person's conversations, the latest spoken in first. */
export function useConversations() {
  const { data, ...query } = trpc.conversations.list.useInfiniteQuery(
    { limit },
    {
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      refetchInterval: ({ state }) => intervalFor(state.data?.pages.flatMap((page) => page.items) ?? []),
    },
  )
  const conversations = useMemo(() => unique(data?.pages.flatMap((page) => page.items) ?? []), [data])
  useTitlesElsewhere(conversations)
  return { conversations, ...query }
}

function intervalFor(conversations: readonly Conversation[]): number | false {
  if (conversations.some((one) => one.activeExecutionId)) return busyInterval
  return conversations.some((one) => awaitsTitle(one, Date.now())) && titleInterval
}

/** A title that the list has heard of shows on the page of its conversation as well. */
function useTitlesElsewhere(conversations: readonly Conversation[]): void {
  const utils = trpc.useUtils()
  useEffect(() => {
    for (const { id, title, titleSource, updatedAt } of conversations) {
      utils.conversations.get.setData({ conversationId: id }, (known) =>
        known && known.title !== title && known.updatedAt <= updatedAt
          ? { ...known, title, titleSource, updatedAt }
          : known,
      )
    }
  }, [conversations, utils])
}

/** A conversation that moved up while pages were fetched is in two of them. */
function unique(conversations: readonly Conversation[]): Conversation[] {
  return [...new Map(conversations.map((one) => [one.id, one])).values()]
}
