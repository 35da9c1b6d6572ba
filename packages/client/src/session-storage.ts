/** What a signed-in client holds. */
export interface SessionTokens {
  accessToken: string
  /** Missing where a browser's cookie holds it. */
  refreshToken?: string | undefined
}

/** Where a session's tokens are kept. Bring your own to keep them in a file or a keychain. */
export interface SessionStorage {
  load(): SessionTokens | null | Promise<SessionTokens | null>
  save(tokens: SessionTokens): void | Promise<void>
  clear(): void | Promise<void>
  /** True where the browser's cookie carries the refresh token, so that a session may exist before any token is held. */
  usesCookie?: boolean
}

/** Keeps the tokens as long as the process lives. For programs. */
export function memorySession(): SessionStorage {
  return inMemory((tokens) => tokens)
}

/**
 * Keeps the access token in memory and leaves the refresh token to an HttpOnly cookie, out of reach of scripts. For pages
 * of the server's own origin; after a reload the cookie brings the session back.
 */
export function cookieSession(): SessionStorage {
  return { ...inMemory(({ accessToken }) => ({ accessToken })), usesCookie: true }
}

function inMemory(keep: (tokens: SessionTokens) => SessionTokens): SessionStorage {
  let held: SessionTokens | null = null
  return {
    load: () => held,
    save: (tokens) => {
      held = keep(tokens)
    },
    clear: () => {
      held = null
    },
  }
}
