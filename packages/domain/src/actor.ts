import type { ApiKeyId, ApiKeyScope, Role, SessionId, UserId } from '@kickstartmyai/contract'

/** The person in whose name something is done. Every domain function that touches data takes one. */
export interface Actor {
  userId: UserId
  role: Role
  /** Null: they act through an API key. */
  sessionId: SessionId | null
  /** The key, and how far it reaches; null for who is signed in. */
  apiKey: { id: ApiKeyId; scopes: readonly ApiKeyScope[] } | null
  /** Where this request came from. */
  origin: Origin
}

/** Where a request came from, as far as it is known; kept with sessions for their owner to see, and in the audit log. */
export interface Origin {
  address: string | null
  userAgent: string | null
  /** What the device was given when an account was signed in on it: see limits/device-token.ts. */
  device?: string | undefined
  /** As in the server's log; null for what the server does by itself. */
  requestId: string | null
}
