import type { AuthSession, SessionId } from '@kickstartmyai/contract'
import { insertSession, type Transaction, type UserRow } from '@kickstartmyai/db'
import type { Origin } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { signAccessToken } from './access-token.ts'
import { refreshTokenFor } from './refresh-token.ts'
import { toUserView } from './to-user-view.ts'

/** Begins a signed-in session for a person who has just proved who they are. */
export async function openSession(
  deps: Pick<Deps, 'clock' | 'newId' | 'auth'>,
  tx: Transaction,
  user: UserRow,
  origin: Origin,
): Promise<AuthSession> {
  const sessionId = deps.newId() as SessionId
  await insertSession(tx, {
    id: sessionId,
    user_id: user.id,
    user_agent: origin.userAgent?.slice(0, 500) ?? null,
    address: origin.address,
    expires_at: sessionEnd(deps),
  })
  const doer = { userId: user.id, role: user.role, sessionId, apiKey: null, origin }
  await writeAudit(deps, tx, doer, { action: 'session.opened', object: ['session', sessionId] })
  return toAuthSession(deps, user, sessionId, 0)
}

/** When a session that is used now ends if it is not used again. */
export function sessionEnd({ clock, auth }: Pick<Deps, 'clock' | 'auth'>): Date {
  return new Date(clock.now() + auth.refreshTokenSeconds * 1000)
}

export async function toAuthSession(
  { auth, clock }: Pick<Deps, 'clock' | 'auth'>,
  user: UserRow,
  sessionId: SessionId,
  generation: number,
): Promise<AuthSession> {
  return {
    user: toUserView(user),
    accessToken: await signAccessToken(auth, clock, sessionId),
    refreshToken: refreshTokenFor(auth, sessionId, generation),
    expiresIn: auth.accessTokenSeconds,
  }
}
