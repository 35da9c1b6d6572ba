import { z } from 'zod'
import { limits } from './limits.ts'
import { Email, FullName, User } from './user.ts'

/** Any characters, at least eight; no composition rules and no truncation. */
export const NewPassword = z.string().min(limits.passwordMin).max(limits.passwordMax)

export const RegisterInput = z.strictObject({
  email: Email,
  password: NewPassword,
  fullName: FullName.optional(),
})
export type RegisterInput = z.infer<typeof RegisterInput>

export const LoginInput = z.strictObject({
  email: Email,
  password: z.string().min(1).max(limits.passwordMax),
})
export type LoginInput = z.infer<typeof LoginInput>

/** Programs send the token they hold; the browser sends nothing and is known by its cookie. */
export const RefreshInput = z.strictObject({ refreshToken: z.string().min(1).max(500).optional() })
export type RefreshInput = z.infer<typeof RefreshInput>

export const LogoutInput = RefreshInput
export type LogoutInput = RefreshInput

/**
 * A signed-in session. `expiresIn` is the access token's life in seconds. The refresh token is left out where the
 * browser's cookie carries it, so that a script in the page cannot read it.
 */
export const AuthSession = z.object({
  user: User,
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  expiresIn: z.number().int(),
})
export type AuthSession = z.infer<typeof AuthSession>
