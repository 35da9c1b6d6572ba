import type { ConversationId, Execution, ExecutionId, Message } from '@kickstartmyai/contract'
import type { trpc } from '@kickstartmyai/client/react'
import { executionsInput } from './use-executions.ts'
import { messagesInput } from './use-messages.ts'

/** Writes what is known into what is shown, so that nothing has to be fetched again. */
export interface ConversationCache {
  addMessage(message: Message): void
  putExecution(execution: Execution): void
  setActive(conversationId: ConversationId, executionId: ExecutionId | null): void
  /** For a conversation that was just made: it has no messages, and that is known. */
  startEmpty(conversationId: ConversationId): void
}

type Utils = ReturnType<typeof trpc.useUtils>

export function conversationCache(utils: Utils): ConversationCache {
  return {
    addMessage(message) {
      utils.conversations.messages.setInfiniteData(messagesInput(message.conversationId), (data) => {
        if (!data || data.pages.some((page) => page.items.some((one) => one.id === message.id))) return data
        const last = data.pages.length - 1
        const pages = data.pages.map((page, index) =>
          index === last ? { ...page, items: [...page.items, message] } : page,
        )
        return { ...data, pages } as typeof data
      })
    },
    putExecution(execution) {
      utils.executions.list.setData(executionsInput(execution.conversationId), (data) => ({
        items: [execution, ...(data?.items ?? []).filter((one) => one.id !== execution.id)],
        nextCursor: data?.nextCursor ?? null,
      }))
    },
    setActive(conversationId, executionId) {
      utils.conversations.get.setData({ conversationId }, (data) => data && { ...data, activeExecutionId: executionId })
    },
    startEmpty(conversationId) {
      utils.conversations.messages.setInfiniteData(messagesInput(conversationId), {
        pages: [{ items: [], nextCursor: null }],
        pageParams: [null],
      })
      utils.executions.list.setData(executionsInput(conversationId), { items: [], nextCursor: null })
    },
  }
}
