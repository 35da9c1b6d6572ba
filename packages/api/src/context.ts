import type { UserId } from '@kickstartmyai/contract'
import type { Actor, Deps, Origin } from '@kickstartmyai/domain'

/** What a procedure knows of the request that called it. Kept small: it shows in the client's types. */
export interface Context {
  requestId: string
  deps: Deps
  origin: Origin
  /** The person behind the request's token. Throws UNAUTHORIZED or TOKEN_EXPIRED. Asks the database once at most. */
  authenticate(): Promise<Actor>
  /** The refresh token that the browser's cookie holds. */
  refreshCookie: string | undefined
  /** Puts a refresh token into the browser's cookie; null takes it away. */
  setRefreshCookie(token: string | null): void
  /** Lets the browser be known as one on which this account was signed in. */
  rememberDevice(userId: UserId): void
}
