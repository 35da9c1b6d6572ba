import { randomBytes } from 'node:crypto'
import type { BeginTotpInput, TotpSecret } from '@kickstartmyai/contract'
import { putTotpFactor } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { checkPassword } from './check-password.ts'
import { toBase32, totpSecret, totpUri } from './totp.ts'

/**
 * Gives the caller a secret for an authenticator app. It is in force when a code of it was confirmed. Throws
 * INVALID_CREDENTIALS, and CONFLICT when a second factor is in force already.
 */
export async function beginTotp(deps: Deps, actor: Actor, { password }: BeginTotpInput): Promise<TotpSecret> {
  const user = await checkPassword(deps, actor, password)
  const nonce = randomBytes(16).toString('base64url')
  if (!(await putTotpFactor(deps.db, user.id, nonce))) {
    throw new DomainError('CONFLICT', 'A second factor is in force already. Take it away first to set up another.')
  }
  const secret = totpSecret(deps.auth, user.id, nonce)
  return { secret: toBase32(secret), uri: totpUri(secret, user.email) }
}
