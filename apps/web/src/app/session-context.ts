import type { User } from '@kickstartmyai/contract'
import { createContext, use } from 'react'

export interface SessionContextValue {
  user: User
  signOut: () => void
}

/** The signed-in person, below the gate of the router. */
export const SessionContext = createContext<SessionContextValue | null>(null)

export function useSession(): SessionContextValue {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession needs a signed-in person above it')
  return session
}
