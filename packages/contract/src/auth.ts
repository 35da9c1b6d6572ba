import { z } from 'zod'
import { limits } from './limits.ts'
import { Email, FullName, NewPassword, Password, User } from './user.ts'

/** What came by mail or was printed by the server: sent back as it is. Only the server knows which are good. */
export const OneTimeToken = z.string().max(limits.tokenLength)

export const RegisterInput = z.strictObject({
  email: Email,
  password: NewPassword,
  fullName: FullName.optional(),
  /** The token of an invitation; needed where registration is by invitation. */
  invitation: OneTimeToken.optional(),
})
export type RegisterInput = z.infer<typeof RegisterInput>

/** What a second factor asks for: the app's code of now, or one of the recovery codes. */
const secondFactor = {
  totp: z.string().max(20).optional(),
  recoveryCode: z.string().max(40).optional(),
}

export const LoginInput = z.strictObject({ email: Email, password: Password, ...secondFactor })
export type LoginInput = z.infer<typeof LoginInput>

/** Makes the first administrator. The token is printed by the server when it starts without one, or is SETUP_TOKEN. */
export const SetupInput = z.strictObject({
  token: OneTimeToken,
  email: Email,
  password: NewPassword,
  fullName: FullName.optional(),
})
export type SetupInput = z.infer<typeof SetupInput>

/** Who may make an account: anybody, who was invited, or nobody. */
export const Registration = z.enum(['open', 'invite', 'closed'])
export type Registration = z.infer<typeof Registration>

/** What a page has to know before anybody is signed in. */
export const AccountPolicy = z.object({
  registration: Registration,
  emailVerification: z.enum(['off', 'required']),
  /** Whether the server still waits for its first administrator. */
  needsSetup: z.boolean(),
})
export type AccountPolicy = z.infer<typeof AccountPolicy>

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

export const ChangePasswordInput = z.strictObject({ currentPassword: Password, newPassword: NewPassword })
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>

/** Whose mail is asked for. The answer is the same whether or not there is such an account. */
export const EmailRef = z.strictObject({ email: Email })
export type EmailRef = z.infer<typeof EmailRef>

export const ConfirmPasswordResetInput = z.strictObject({ token: OneTimeToken, newPassword: NewPassword })
export type ConfirmPasswordResetInput = z.infer<typeof ConfirmPasswordResetInput>

export const VerifyEmailInput = z.strictObject({ token: OneTimeToken })
export type VerifyEmailInput = z.infer<typeof VerifyEmailInput>

/** Says once more who one is, before a second factor is begun. */
export const BeginTotpInput = z.strictObject({ password: Password })
export type BeginTotpInput = z.infer<typeof BeginTotpInput>

/** What an authenticator app is given; nothing changes before a code of it was confirmed. */
export const TotpSecret = z.object({
  /** Base32, for typing in. */
  secret: z.string(),
  /** For a QR code. */
  uri: z.string(),
})
export type TotpSecret = z.infer<typeof TotpSecret>

export const ConfirmTotpInput = z.strictObject({ totp: z.string().max(20) })
export type ConfirmTotpInput = z.infer<typeof ConfirmTotpInput>

/** Password and second factor together, for what weakens or renews the second factor. */
export const ProveInput = z.strictObject({ password: Password, ...secondFactor })
export type ProveInput = z.infer<typeof ProveInput>

/** Each lets one in once without the app. They are shown this once. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>
