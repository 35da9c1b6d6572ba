import { z } from 'zod'
import { UserId } from './ids.ts'
import { limits } from './limits.ts'
import { Timestamp } from './time.ts'

export const Role = z.enum(['user', 'admin'])
export type Role = z.infer<typeof Role>

/** An e-mail address, compared and stored in lower case. */
export const Email = z
  .string()
  .trim()
  .max(limits.emailLength)
  .pipe(z.email())
  .transform((email) => email.toLowerCase())

export const FullName = z.string().trim().min(1).max(limits.fullNameLength)

export const User = z.object({
  id: UserId,
  email: z.string(),
  fullName: z.string().nullable(),
  role: Role,
  createdAt: Timestamp,
})
export type User = z.infer<typeof User>
