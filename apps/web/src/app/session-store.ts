import type { User } from '@kickstartmyai/contract'

export type SessionState = { status: 'restoring' } | { status: 'signed-out' } | { status: 'signed-in'; user: User }

/** Who is signed in, for the router and for everything that is drawn. */
export interface SessionStore {
  state(): SessionState
  subscribe(listener: () => void): () => void
  /**
   * Finds out once whether the browser still has a session. Rejects when the server cannot be asked, so that nobody is
   * shown the door because of a lost connection; asking again tries again.
   */
  restore(): Promise<SessionState>
  enter(user: User): void
  leave(): void
}

/** `findUser` gives the person whom the browser's cookie stands for, or null when it stands for nobody. */
export function createSessionStore(findUser: () => Promise<User | null>): SessionStore {
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
      restoring ??= findUser()
        .then((user) => {
          set(user ? { status: 'signed-in', user } : { status: 'signed-out' })
          return state
        })
        .finally(() => {
          restoring = null
        })
      return restoring
    },
    enter: (user) => set({ status: 'signed-in', user }),
    leave: () => set({ status: 'signed-out' }),
  }
}
