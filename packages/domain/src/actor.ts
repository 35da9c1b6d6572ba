import type { Role, SessionId, UserId } from '@kickstartmyai/contract'

/** The person in whose name something is done. Every domain function that touches data takes one. */
export interface Actor {
  userId: UserId
  role: Role
  sessionId: SessionId
}

/** Where a request came from, as far as it is known; kept with sessions for their owner to see. */
export interface Origin {
  address: string | null
  userAgent: string | null
}
