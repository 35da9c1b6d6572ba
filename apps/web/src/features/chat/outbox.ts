import type { AgentId, ConversationId } from '@kickstartmyai/contract'

/** A message that was written and that the server has not yet acknowledged. */
export interface PendingSend {
  /** Sent along, so that sending again is still one send. */
  clientKey: string
  text: string
  agentId: AgentId | undefined
  state: 'sending' | 'failed'
  error?: unknown
}

/** Unacknowledged messages by conversation. It outlives the pages, so that leaving one loses nothing. */
export interface Outbox {
  of(conversationId: ConversationId): readonly PendingSend[]
  /** Adds a message, or replaces the one with the same key. */
  put(conversationId: ConversationId, pending: PendingSend): void
  remove(conversationId: ConversationId, clientKey: string): void
  /** Calls back at every change, until the returned function is called. */
  subscribe(listener: () => void): () => void
}

const none: readonly PendingSend[] = []

export function createOutbox(): Outbox {
  const sends = new Map<ConversationId, readonly PendingSend[]>()
  const listeners = new Set<() => void>()
  const set = (id: ConversationId, list: readonly PendingSend[]) => {
    sends.set(id, list)
    for (const listener of listeners) listener()
  }
  return {
    of: (id) => sends.get(id) ?? none,
    put(id, pending) {
      const list = sends.get(id) ?? none
      const known = list.some((one) => one.clientKey === pending.clientKey)
      set(id, known ? list.map((one) => (one.clientKey === pending.clientKey ? pending : one)) : [...list, pending])
    },
    remove: (id, clientKey) =>
      set(
        id,
        (sends.get(id) ?? none).filter((one) => one.clientKey !== clientKey),
      ),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
