import type { AuthSession, User } from '@kickstartmyai/contract'

export type SessionState =
  | { status: 'restoring' }
  | { status: 'signed-out' }
  | { status: 'signed-in'; user: User }

/** Who is signed in, for the router and for everything that is drawn. */
export interface SessionStore {
  state(): SessionState
  subscribe(listener: () => void): () => void
  /**
   * Finds out once whether the browser still has a session. Rejects when the server cannot be asked, so that nobody is
   * shown the door because of a lost connection; asking again tries again.
   */
  restore(): Promise<SessionState>
  enter(session: AuthSession): void
  leave(): void
}

/** `refresh` gives the session that the browser's cookie stands for, or null when it stands for none. */
export function createSessionStore(refresh: () => Promise<AuthSession | null>): SessionStore {
  let state: SessionState = { status: 'restoring' }
  let restoring: Promise<SessionState> | null = null
  const listeners = new Set<() => void>()
  const set = (next: SessionState) => {
    state = next
    for (const listener of listeners) listener()
  }
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async restore() {
      if (state.status !== 'restoring') return state
      restoring ??= refresh()
        .then((session) => {
          set(session ? { status: 'signed-in', user: session.user } : { status: 'signed-out' })
          return state
        })
        .finally(() => {
          restoring = null
        })
      return restoring
    },
    enter: ({ user }) => set({ status: 'signed-in', user }),
    leave: () => set({ status: 'signed-out' }),
  }
}
