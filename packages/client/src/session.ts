import type { AuthSession } from '@kickstartmyai/contract'
import { ClientError, toClientError } from './client-error.ts'
import type { Credentials } from './credentials.ts'
import type { SessionStorage, SessionTokens } from './session-storage.ts'

/** Tokens that the client looks after itself. */
export interface Session extends Credentials {
  enter(session: AuthSession): Promise<void>
  leave(): Promise<void>
  refreshToken(): Promise<string | undefined>
}

export interface SessionOptions {
  storage: SessionStorage
  /** Asks the server for new tokens. Throws a ClientError. */
  exchange: (refreshToken: string | undefined) => Promise<AuthSession>
  /** Told when the server has ended a session that this client was in. */
  onEnd?: (() => void) | undefined
}

/**
 * Keeps a session alive: when its access token is refused it is traded for new ones, once for all calls that wait. A
 * session that the server has ended is cleared, and `renew` throws UNAUTHORIZED.
 */
export function createSession({ storage, exchange, onEnd }: SessionOptions): Session {
  /** Counts entering and leaving: what was asked for in an earlier session must not bring it back. */
  let generation = 0
  let renewing: Promise<boolean> | undefined

  const replace = async (tokens: SessionTokens | null) => {
    generation += 1
    await (tokens ? storage.save(tokens) : storage.clear())
  }

  const trade = async (held: SessionTokens | null): Promise<boolean> => {
    const asked = generation
    try {
      const { accessToken, refreshToken } = await exchange(held?.refreshToken)
      if (asked === generation) await replace({ accessToken, refreshToken: refreshToken ?? held?.refreshToken })
      return true
    } catch (error) {
      const failure = toClientError(error)
      if (failure.status !== 401 || asked !== generation) throw failure
      await replace(null)
      if (held) onEnd?.()
      const { message, status, requestId } = failure
      throw new ClientError({ code: 'UNAUTHORIZED', message, status, requestId, cause: failure })
    }
  }

  const renew = async (refused: string | null): Promise<boolean> => {
    const held = await storage.load()
    // Another call, tab or process was quicker.
    if (held && held.accessToken !== refused) return true
    if (!held?.refreshToken && !storage.usesCookie) return false
    return trade(held)
  }

  return {
    token: async () => (await storage.load())?.accessToken ?? null,
    renew: (refused) =>
      (renewing ??= renew(refused).finally(() => {
        renewing = undefined
      })),
    enter: ({ accessToken, refreshToken }) => replace({ accessToken, refreshToken }),
    leave: () => replace(null),
    refreshToken: async () => (await storage.load())?.refreshToken,
  }
}
