import { z } from 'zod'
import { InvitationId } from './ids.ts'
import { Timestamp } from './time.ts'
import { Email, Role } from './user.ts'

/** An invitation that was not taken yet. Its token is in the mail alone. */
export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  role: Role,
  createdAt: Timestamp,
  expiresAt: Timestamp,
})
export type Invitation = z.infer<typeof Invitation>

export const CreateInvitationInput = z.strictObject({ email: Email, role: Role.default('user') })
export type CreateInvitationInput = z.infer<typeof CreateInvitationInput>

export const InvitationRef = z.strictObject({ invitationId: InvitationId })
