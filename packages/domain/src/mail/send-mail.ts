import type { InvitationId, UserId } from '@kickstartmyai/contract'
import {
  dropUserToken,
  findInvitation,
  findUser,
  hasFreshUserToken,
  putUserToken,
  setInvitationToken,
  type UserRow,
  type UserTokenKind,
} from '@kickstartmyai/db'
import { newOneTimeToken } from '../auth/one-time-token.ts'
import type { Deps } from '../deps.ts'
import type { MailKind } from '../jobs/send-mail-job.ts'
import { type Letter, toMailBody } from './letter.ts'
import * as letters from './letters.ts'

type MailDeps = Pick<Deps, 'db' | 'clock' | 'mailer' | 'accounts'>
/** Sends to somebody who may receive mail. */
type Send = (deps: MailDeps, user: UserRow, signal: AbortSignal) => Promise<void>

/** Writes a mail and sends it, unless there is nobody any more to whom it would say something. Throws to be tried again. */
export async function sendMail(
  deps: MailDeps,
  { kind, id }: { kind: MailKind; id: string },
  signal: AbortSignal,
): Promise<void> {
  if (kind === 'invitation') return sendInvitation(deps, id as InvitationId, signal)
  const user = await findUser(deps.db, id as UserId)
  if (user?.status === 'active') await toPeople[kind](deps, user, signal)
}

const notice =
  (letter: Letter): Send =>
  (deps, user, signal) =>
    deps.mailer.send({ to: user.email, userId: user.id, ...toMailBody(letter) }, signal)

const toPeople: Record<Exclude<MailKind, 'invitation'>, Send> = {
  'verify-email': async (deps, user, signal) => {
    const email = user.pending_email ?? user.email
    if (user.pending_email === null && user.email_verified_at) return
    await sendToken(deps, user, { kind: 'verify_email', email, seconds: deps.accounts.verifySeconds }, signal)
  },
  'reset-password': (deps, user, signal) =>
    sendToken(deps, user, { kind: 'reset_password', email: user.email, seconds: deps.accounts.resetSeconds }, signal),
  'choose-password': (deps, user, signal) =>
    sendToken(deps, user, { kind: 'reset_password', email: user.email, seconds: deps.accounts.inviteSeconds }, signal),
  'password-changed': notice(letters.passwordChanged),
  'email-change-requested': notice(letters.emailChangeRequested),
  'totp-enabled': notice(letters.totpEnabled),
  'totp-disabled': notice(letters.totpDisabled),
}

interface TokenMail {
  kind: UserTokenKind
  email: string
  seconds: number
}

async function sendToken(
  deps: MailDeps,
  { id: userId, password_hash: passwordHash }: UserRow,
  { kind, email, seconds }: TokenMail,
  signal: AbortSignal,
): Promise<void> {
  const { accounts, clock, db, mailer } = deps
  // Whoever asks again and again for somebody else's mail fills nobody's mailbox.
  if (await hasFreshUserToken(db, { user_id: userId, kind, email }, accounts.mailPauseSeconds)) return
  const { token, hash } = newOneTimeToken()
  const expires = new Date(clock.now() + seconds * 1000)
  await putUserToken(db, { user_id: userId, kind, token_hash: hash, email, expires_at: expires })
  const link = (path: string) => `${accounts.publicUrl()}${path}?token=${token}`
  const letter =
    kind === 'verify_email'
      ? letters.verifyEmail(link('/verify-email'), seconds)
      : passwordHash === null
        ? letters.choosePassword(link('/reset-password'), seconds)
        : letters.resetPassword(link('/reset-password'), seconds)
  try {
    await mailer.send({ to: email, userId, ...toMailBody(letter) }, signal)
  } catch (error) {
    await dropUserToken(db, hash)
    throw error
  }
}

async function sendInvitation(deps: MailDeps, invitationId: InvitationId, signal: AbortSignal): Promise<void> {
  const invitation = await findInvitation(deps.db, invitationId)
  if (!invitation) return
  const { token, hash } = newOneTimeToken()
  await setInvitationToken(deps.db, invitationId, hash)
  const letter = letters.invitation(
    `${deps.accounts.publicUrl()}/invitation?token=${token}`,
    deps.accounts.inviteSeconds,
  )
  await deps.mailer.send({ to: invitation.email, userId: null, ...toMailBody(letter) }, signal)
}
