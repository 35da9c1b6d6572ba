import type { ConversationId } from '@kickstartmyai/contract'
import { createContext, use, useState, useSyncExternalStore, type ReactNode } from 'react'
import { createOutbox, type Outbox, type PendingSend } from './outbox.ts'

const OutboxContext = createContext<Outbox | null>(null)

export function OutboxProvider({ children }: { children: ReactNode }) {
  const [outbox] = useState(createOutbox)
  return <OutboxContext value={outbox}>{children}</OutboxContext>
}

export function useOutbox(): Outbox {
  const outbox = use(OutboxContext)
  if (!outbox) throw new Error('useOutbox needs an OutboxProvider above it')
  return outbox
}

export function usePendingSends(conversationId: ConversationId): readonly PendingSend[] {
  const outbox = useOutbox()
  return useSyncExternalStore(outbox.subscribe, () => outbox.of(conversationId))
}
