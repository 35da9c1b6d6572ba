import { z } from 'zod'
import { AuditAction } from './audit.ts'
import { UserId } from './ids.ts'
import { PageQuery } from './page.ts'
import { Timestamp } from './time.ts'

/** One line of the audit log: who did what to which object, from where. */
export const AuditEntry = z.object({
  id: z.uuid(),
  at: Timestamp,
  action: AuditAction,
  /** Null: nobody was signed in, or the server did it by itself. */
  actorId: UserId.nullable(),
  /** Where the person was signed in. */
  sessionId: z.uuid().nullable(),
  /** The API key through which it was done. */
  apiKeyId: z.uuid().nullable(),
  object: z.object({ type: z.string(), id: z.string() }).nullable(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** As in the server's log. */
  requestId: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** Filters of the audit log; those that are left out let everything through. `from` is included, `to` is not. */
export const ListAuditInput = PageQuery.extend({
  actorId: UserId.optional(),
  action: AuditAction.optional(),
  objectType: z.string().min(1).max(100).optional(),
  objectId: z.string().min(1).max(200).optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
})
export type ListAuditInput = z.infer<typeof ListAuditInput>
