import { z } from 'zod'
import { UserId } from './ids.ts'
import { limits } from './limits.ts'
import { PageQuery } from './page.ts'
import { Timestamp } from './time.ts'

export const Role = z.enum(['user', 'admin'])
export type Role = z.infer<typeof Role>

/** `suspended`: may not sign in and runs nothing; everything of theirs stays. */
export const UserStatus = z.enum(['active', 'suspended'])
export type UserStatus = z.infer<typeof UserStatus>

/** An e-mail address, compared and stored in lower case. */
export const Email = z
  .string()
  .trim()
  .max(limits.emailLength)
  .pipe(z.email())
  .transform((email) => email.toLowerCase())

export const FullName = z.string().trim().min(1).max(limits.fullNameLength)

/** A password that somebody has already. */
export const Password = z.string().min(1).max(limits.passwordMax)

/** Any characters, at least eight; no composition rules and no truncation. The most used ones are refused. */
export const NewPassword = z.string().min(limits.passwordMin).max(limits.passwordMax)

export const User = z.object({
  id: UserId,
  email: z.string(),
  fullName: z.string().nullable(),
  role: Role,
  /** Whether it was shown that mail to the address reaches this person. */
  emailVerified: z.boolean(),
  createdAt: Timestamp,
})
export type User = z.infer<typeof User>

/** A person with what only they and administrators see. */
export const Account = User.extend({
  status: UserStatus,
  /** A new address that waits for its verification; null when there is none. */
  pendingEmail: z.string().nullable(),
  totpEnabled: z.boolean(),
  /** When a session of theirs was last renewed. */
  lastSeenAt: Timestamp.nullable(),
})
export type Account = z.infer<typeof Account>

/** A new address needs the password, and takes effect when it was verified. */
export const UpdateMeInput = z.strictObject({
  fullName: FullName.nullable().optional(),
  email: Email.optional(),
  password: Password.optional(),
})
export type UpdateMeInput = z.infer<typeof UpdateMeInput>

export const DeleteMeInput = z.strictObject({ password: Password })
export type DeleteMeInput = z.infer<typeof DeleteMeInput>

export const UserRef = z.strictObject({ userId: UserId })

export const UserQuery = PageQuery.extend({
  /** Looked for in address and name. */
  q: z.string().trim().max(200).optional(),
  role: Role.optional(),
  status: UserStatus.optional(),
})
export type UserQuery = z.infer<typeof UserQuery>

export const CreateUserInput = z.strictObject({
  email: Email,
  fullName: FullName.optional(),
  role: Role.default('user'),
})
export type CreateUserInput = z.infer<typeof CreateUserInput>

export const UpdateUserInput = z.strictObject({
  userId: UserId,
  fullName: FullName.nullable().optional(),
  role: Role.optional(),
  /** Takes the second factor from somebody who has lost it. It can only be taken. */
  totpEnabled: z.literal(false).optional(),
})
export type UpdateUserInput = z.infer<typeof UpdateUserInput>
