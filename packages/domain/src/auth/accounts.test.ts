import { expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import { createInvitation } from '../invitations/create-invitation.ts'
import { accountWorkers } from '../mail/account-workers.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { updateMe } from '../users/update-me.ts'
import { authenticate } from './authenticate.ts'
import { changePassword } from './change-password.ts'
import { confirmPasswordReset } from './confirm-password-reset.ts'
import { logIn } from './log-in.ts'
import { refreshSession } from './refresh-session.ts'
import { register } from './register.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { verifyEmail } from './verify-email.ts'

const origin = { address: '192.0.2.7', userAgent: 'test', requestId: 'request' }
const account = { email: 'ada@example.com', password: 'violet harbour' }
const newPassword = 'amber lighthouse'

async function withMail(world: TestWorld): Promise<void> {
  ;(await world.openJobs(accountWorkers)).start()
}

/** The tokens in the mails to an address that lead to this page, oldest first; waits for so many. */
async function tokensTo(world: TestWorld, to: string, page: string, count = 1): Promise<string[]> {
  const read = async () => {
    const mails = await world.deps.db.selectFrom('outbox_mails').selectAll().orderBy('created_at').execute()
    const links = mails
      .filter(({ recipient }) => recipient === to)
      .flatMap((mail) => /https:\S+/.exec(mail.body_text) ?? [])
    return links.flatMap((link) =>
      new URL(link).pathname === page ? [new URL(link).searchParams.get('token') ?? ''] : [],
    )
  }
  await expect.poll(async () => (await read()).length, { timeout: 30_000 }).toBe(count)
  return read()
}

const refused = { code: 'TOKEN_INVALID', message: 'This link is not good, or not any more. Ask for a new one.' }

test('a reset works once, ends all sessions, and of many at once one wins', async () => {
  await using world = await createTestWorld()
  await withMail(world)
  const session = await register(world.deps, account, origin)
  await requestPasswordReset(world.deps, account, origin)
  const [token = ''] = await tokensTo(world, account.email, '/reset-password')
  const rows = await world.deps.db.selectFrom('user_tokens').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
  const tries = await Promise.allSettled(
    Array.from({ length: 5 }, () => confirmPasswordReset(world.deps, { token, newPassword }, origin)),
  )
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject(refused)
  await expect(authenticate(world.deps, session.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(refreshSession(world.deps, session.refreshToken)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(logIn(world.deps, account, origin)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  expect((await logIn(world.deps, { ...account, password: newPassword }, origin)).user.emailVerified).toBe(true)
})

test('tokens that are empty, made up, of another kind, replaced, over or void are refused alike and change nothing', async () => {
  await using world = await createTestWorld()
  await withMail(world)
  const { accessToken, refreshToken } = await register(world.deps, account, origin)
  const [verify = ''] = await tokensTo(world, account.email, '/verify-email')
  await requestPasswordReset(world.deps, account, origin)
  const [replaced = ''] = await tokensTo(world, account.email, '/reset-password')
  await requestPasswordReset(world.deps, account, origin)
  const [, good = ''] = await tokensTo(world, account.email, '/reset-password', 2)
  const before = await world.deps.db.selectFrom('users').selectAll().execute()
  const bad = ['', 'null', 'x'.repeat(43), verify, replaced, `${good} `, accessToken, refreshToken ?? '']
  for (const token of bad) {
    await expect(confirmPasswordReset(world.deps, { token, newPassword }, origin), token).rejects.toMatchObject(refused)
  }
  await expect(verifyEmail(world.deps, { token: good }, origin)).rejects.toMatchObject(refused)
  await world.deps.db
    .updateTable('user_tokens')
    .set({ expires_at: new Date(0) })
    .execute()
  for (const token of [good, verify]) {
    await expect(confirmPasswordReset(world.deps, { token, newPassword }, origin)).rejects.toMatchObject(refused)
    await expect(verifyEmail(world.deps, { token }, origin)).rejects.toMatchObject(refused)
  }
  expect(await world.deps.db.selectFrom('users').selectAll().execute()).toEqual(before)
})

test('a change of password voids mailed links, ends the other sessions and keeps this one', async () => {
  await using world = await createTestWorld()
  await withMail(world)
  const other = await register(world.deps, account, origin)
  const mine = await logIn(world.deps, account, origin)
  const actor = await authenticate(world.deps, mine.accessToken, origin)
  await requestPasswordReset(world.deps, account, origin)
  const [token = ''] = await tokensTo(world, account.email, '/reset-password')
  const change = (input: { currentPassword: string; newPassword: string }) => changePassword(world.deps, actor, input)
  await expect(change({ currentPassword: 'wrong', newPassword })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  for (const common of ['password1', 'PASSWORD', 'aaaaaaaaaa', account.email]) {
    const weak = change({ currentPassword: account.password, newPassword: common })
    await expect(weak, common).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  }
  await change({ currentPassword: account.password, newPassword })
  await expect(confirmPasswordReset(world.deps, { token, newPassword }, origin)).rejects.toMatchObject(refused)
  await expect(authenticate(world.deps, other.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  expect(await authenticate(world.deps, mine.accessToken, origin)).toMatchObject({ userId: actor.userId })
})

test('whether there is an account shows neither in what a request answers nor in what it leaves', async () => {
  await using world = await createTestWorld()
  const left: string[] = []
  world.deps.jobs = { send: async (job) => void left.push(job.name) }
  await register(world.deps, account, origin)
  left.length = 0
  expect(await requestPasswordReset(world.deps, account, origin)).toBeUndefined()
  expect(await requestPasswordReset(world.deps, { email: 'nobody@example.com' }, origin)).toBeUndefined()
  expect(left).toEqual(['send-mail', 'send-mail'])
})

test('a new address counts when it was verified, and not before', async () => {
  await using world = await createTestWorld()
  await withMail(world)
  const { accessToken } = await register(world.deps, account, origin)
  const actor = await authenticate(world.deps, accessToken, origin)
  const email = 'ada@example.org'
  await expect(updateMe(world.deps, actor, { email })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  const asked = await updateMe(world.deps, actor, { email, password: account.password })
  expect(asked).toMatchObject({ email: account.email, pendingEmail: email })
  const [token = ''] = await tokensTo(world, email, '/verify-email')
  await verifyEmail(world.deps, { token }, origin)
  expect((await logIn(world.deps, { ...account, email }, origin)).user).toMatchObject({ email, emailVerified: true })
})

test('where an address must be verified, nobody signs in before, and who is invited is verified by that', async () => {
  await using world = await createTestWorld()
  await withMail(world)
  world.deps.accounts.emailVerification = 'required'
  const notYet = { code: 'EMAIL_NOT_VERIFIED' }
  await expect(register(world.deps, account, origin)).rejects.toMatchObject(notYet)
  await expect(logIn(world.deps, account, origin)).rejects.toMatchObject(notYet)
  const wrong = logIn(world.deps, { ...account, password: 'wrong' }, origin)
  await expect(wrong).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  const [token = ''] = await tokensTo(world, account.email, '/verify-email')
  await verifyEmail(world.deps, { token }, origin)
  expect((await logIn(world.deps, account, origin)).user.emailVerified).toBe(true)
})

test('registration is closed to all, or open to the invited address once, while its inviter is an administrator', async () => {
  await using world = await createTestWorld()
  await withMail(world)
  const admin: Actor = { ...(await world.newActor()), role: 'admin' }
  await world.deps.db.updateTable('users').set({ role: 'admin' }).execute()
  world.deps.accounts.registration = 'invite'
  await expect(register(world.deps, account, origin)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await createInvitation(world.deps, admin, { email: account.email, role: 'admin' })
  const [invitation = ''] = await tokensTo(world, account.email, '/invitation')
  for (const bad of [
    { ...account, invitation: 'made up' },
    { ...account, email: 'b@example.com', invitation },
  ]) {
    await expect(register(world.deps, bad, origin)).rejects.toMatchObject(refused)
  }
  await world.deps.db.updateTable('users').set({ role: 'user' }).execute()
  await expect(register(world.deps, { ...account, invitation }, origin)).rejects.toMatchObject(refused)
  await world.deps.db.updateTable('users').set({ role: 'admin' }).execute()
  world.deps.accounts.registration = 'closed'
  await expect(register(world.deps, { ...account, invitation }, origin)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  world.deps.accounts.registration = 'invite'
  const session = await register(world.deps, { ...account, invitation }, origin)
  expect(session.user).toMatchObject({ role: 'admin', emailVerified: true })
  const again = register(world.deps, { ...account, email: 'c@example.com', invitation }, origin)
  await expect(again).rejects.toMatchObject(refused)
})

test('parallel refreshes with one token, in two processes, give one next token', async () => {
  await using world = await createTestWorld()
  const { refreshToken } = await register(world.deps, account, origin)
  const other = world.replica().deps
  const sessions = await Promise.all(
    Array.from({ length: 8 }, (_, n) => refreshSession(n % 2 ? other : world.deps, refreshToken)),
  )
  expect(new Set(sessions.map((session) => session.refreshToken)).size).toBe(1)
  expect(sessions[0]?.refreshToken).not.toBe(refreshToken)
  expect(await world.deps.db.selectFrom('sessions').select('generation').execute()).toEqual([{ generation: 1 }])
})
