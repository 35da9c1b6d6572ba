import type { Deed, Stage } from './audited-deed.ts'
import { codeOf } from './authenticator.ts'
import { tokenFor } from './mailbox.ts'
import { asPerson, newPerson, type Person } from './person.ts'

const password = 'a long password'
const newPassword = 'another long password'

interface Somebody extends Person {
  email: string
  id: string
}

async function somebody({ server }: Stage): Promise<Somebody> {
  const person = await newPerson(server.url)
  const { body } = await person.call('GET', '/auth/me')
  return { ...person, email: body.email, id: body.id }
}

async function withFactor(stage: Stage): Promise<Somebody & { code: (later: number) => string }> {
  const person = await somebody(stage)
  const { body } = await person.call('POST', '/auth/totp/begin', { password })
  await person.call('POST', '/auth/totp/confirm', { totp: codeOf(body.secret) })
  return { ...person, code: (later) => codeOf(body.secret, later) }
}

const anInvitation = async ({ person }: Stage) =>
  (await person.call('POST', '/invitations', { email: `${crypto.randomUUID()}@example.com` })).body.id

/** What people do with their accounts, and administrators with those of others. */
export const auditedAccounts: Record<string, Deed> = {
  'auth.setup': {
    action: 'user.set_up',
    async run(call, { server: { db } }) {
      // It is over as soon as there is an administrator.
      await db.updateTable('users').set({ role: 'user' }).execute()
      await call('POST', '/auth/setup', { token: 'the token of the set-up', email: 'op@example.com', password })
      await db.updateTable('users').set({ role: 'admin' }).execute()
    },
  },
  'auth.logout': {
    action: 'session.revoked',
    run: async (_, stage) => (await somebody(stage)).call('POST', '/auth/logout', {}, stage.headers),
  },
  'auth.logoutEverywhere': {
    action: 'sessions.revoked',
    run: async (_, stage) => (await somebody(stage)).call('POST', '/auth/logout-everywhere', {}, stage.headers),
  },
  'auth.sessions.revoke': {
    action: 'session.revoked',
    async run(_, stage) {
      const person = await somebody(stage)
      const { body } = await person.call('POST', '/auth/login', { email: person.email, password })
      const signedIn = asPerson(stage.server.url, body.accessToken)
      const sessions = (await signedIn.call('GET', '/auth/sessions')).body.items
      const other = sessions.find(({ current }: { current: boolean }) => !current)
      return signedIn.call('DELETE', `/auth/sessions/${other.id}`, undefined, stage.headers)
    },
  },
  'auth.sessions.revokeOthers': {
    action: 'sessions.revoked',
    run: async (_, stage) => (await somebody(stage)).call('DELETE', '/auth/sessions', undefined, stage.headers),
  },
  'auth.changePassword': {
    action: 'password.changed',
    run: async (_, stage) =>
      (await somebody(stage)).call(
        'POST',
        '/auth/password/change',
        { currentPassword: password, newPassword },
        stage.headers,
      ),
  },
  'auth.confirmPasswordReset': {
    action: 'password.reset',
    async run(call, stage) {
      const { email } = await somebody(stage)
      await stage.person.call('POST', '/auth/password-reset/request', { email })
      const token = await tokenFor(stage.server.url, email, '/reset-password')
      return call('POST', '/auth/password-reset/confirm', { token, newPassword })
    },
  },
  'auth.verifyEmail': {
    action: 'email.verified',
    async run(call, stage) {
      const { email } = await somebody(stage)
      const token = await tokenFor(stage.server.url, email, '/verify-email')
      return call('POST', '/auth/email/verify', { token })
    },
  },
  'auth.totp.confirm': {
    action: 'totp.enabled',
    async run(_, stage) {
      const person = await somebody(stage)
      const { body } = await person.call('POST', '/auth/totp/begin', { password })
      return person.call('POST', '/auth/totp/confirm', { totp: codeOf(body.secret) }, stage.headers)
    },
  },
  'auth.totp.disable': {
    action: 'totp.disabled',
    async run(_, stage) {
      const person = await withFactor(stage)
      return person.call('POST', '/auth/totp/disable', { password, totp: person.code(1) }, stage.headers)
    },
  },
  'auth.totp.recoveryCodes': {
    action: 'recovery_codes.renewed',
    async run(_, stage) {
      const person = await withFactor(stage)
      return person.call('POST', '/auth/totp/recovery-codes', { password, totp: person.code(1) }, stage.headers)
    },
  },
  'users.updateMe': { action: 'user.updated', run: (call) => call('PATCH', '/users/me', { fullName: 'Ada' }) },
  'users.deleteMe': {
    action: 'user.deleted',
    run: async (_, stage) => (await somebody(stage)).call('DELETE', '/users/me', { password }, stage.headers),
  },
  'users.create': { action: 'user.created', run: (call) => call('POST', '/users', { email: 'made@example.com' }) },
  'users.update': {
    action: 'user.updated',
    run: async (call, stage) => call('PATCH', `/users/${(await somebody(stage)).id}`, { role: 'admin' }),
  },
  'users.delete': {
    action: 'user.deleted',
    run: async (call, stage) => call('DELETE', `/users/${(await somebody(stage)).id}`),
  },
  'users.activate': {
    action: 'user.activated',
    run: async (call, stage) => call('POST', `/users/${(await somebody(stage)).id}/activate`),
  },
  'users.deactivate': {
    action: 'user.suspended',
    run: async (call, stage) => call('POST', `/users/${(await somebody(stage)).id}/deactivate`),
  },
  'invitations.create': {
    action: 'invitation.created',
    run: (call) => call('POST', '/invitations', { email: 'invited@example.com' }),
  },
  'invitations.revoke': {
    action: 'invitation.revoked',
    run: async (call, stage) => call('DELETE', `/invitations/${await anInvitation(stage)}`),
  },
}

/** Those that only have something mailed or begun: what comes of it is in the log. */
export const exemptAccounts: Record<string, string> = {
  'auth.requestPasswordReset':
    'has a link mailed, and says nothing of whether there is an account; the reset is in the log',
  'auth.requestEmailVerification': 'has a link mailed; the verification is in the log',
  'auth.totp.begin': 'changes nothing before a code was confirmed, which is in the log',
}
