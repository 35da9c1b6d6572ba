import type { ConversationId, Execution, Message } from '@kickstartmyai/contract'
import { useMemo } from 'react'
import { trpc, useClient } from '@kickstartmyai/client/react'
import { preloadMarkdown } from '../../ui/markdown/markdown.tsx'
import { conversationCache } from './conversation-cache.ts'
import { useOutbox } from './outbox-context.tsx'
import type { PendingSend } from './outbox.ts'

/** Sending again what had arrived before may find its answer made. */
const ended: ReadonlySet<Execution['status']> = new Set(['completed', 'failed', 'cancelled', 'timed_out'])

export interface Sender {
  /**
   * Sends, and sends again after a failure: the key makes it one send. Goes on when the page is left; how it went is in
   * the outbox.
   */
  send: (conversationId: ConversationId, pending: PendingSend) => Promise<void>
  /** Gives a message up that was not sent. */
  drop: (conversationId: ConversationId, pending: PendingSend) => void
}

export function useSender(): Sender {
  const client = useClient()
  const outbox = useOutbox()
  const utils = trpc.useUtils()
  return useMemo(() => {
    const cache = conversationCache(utils)
    return {
      drop: (conversationId, { clientKey }) => outbox.remove(conversationId, clientKey),
      async send(conversationId, pending) {
        const { clientKey, text, agentId } = pending
        outbox.put(conversationId, { clientKey, text, agentId, state: 'sending' })
        preloadMarkdown()
        try {
          const { message, execution } = await client.conversations.send({
            conversationId,
            content: text,
            clientKey,
            ...(agentId && { agentId }),
          })
          cache.addMessage(message as Message)
          cache.putExecution(execution)
          cache.setActive(conversationId, ended.has(execution.status) ? null : execution.id)
          outbox.remove(conversationId, clientKey)
          await Promise.all([
            utils.conversations.list.invalidate(),
            utils.conversations.get.invalidate({ conversationId }),
          ])
        } catch (error) {
          outbox.put(conversationId, { clientKey, text, agentId, state: 'failed', error })
        }
      },
    }
  }, [client, outbox, utils])
}
