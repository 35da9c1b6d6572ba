import { z } from 'zod'
import { SessionId } from './ids.ts'
import { Timestamp } from './time.ts'

/** Where somebody is signed in. */
export const Session = z.object({
  id: SessionId,
  /** In words: "Firefox on Windows". */
  device: z.string(),
  address: z.string().nullable(),
  createdAt: Timestamp,
  /** When it was last renewed; an access token is renewed every few minutes. */
  lastUsedAt: Timestamp,
  expiresAt: Timestamp,
  /** The session that asks. */
  current: z.boolean(),
})
export type Session = z.infer<typeof Session>

export const SessionRef = z.strictObject({ sessionId: SessionId })
