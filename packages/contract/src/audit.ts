import { z } from 'zod'

/** Every deed that the audit log knows, noun and verb. Closed: add a line with the deed. */
export const auditActions = [
  'agent.created',
  'agent.deleted',
  'agent.updated',
  'conversation.deleted',
  'provider_key.deleted',
  'provider_key.set',
  'session.opened',
  'session.refused',
  'session.revoked',
  'api_key.created',
  'api_key.deleted',
  'group.created',
  'group.updated',
  'group.deleted',
  'group.member_added',
  'group.member_removed',
  'share.granted',
  'share.withdrawn',
  'step.approved',
  'step.denied',
  'user.registered',
] as const

export const AuditAction = z.enum(auditActions)
export type AuditAction = z.infer<typeof AuditAction>
