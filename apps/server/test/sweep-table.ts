import type { Ids } from './sweep-world.ts'

/**
 * Who may: anybody; who is signed in (what they see is their own); administrators; who it belongs to, and nobody
 * else sees it; or by what one is to the thing. */
export type Who = 'anyone' | 'signed in' | 'admin' | 'self' | 'viewer' | 'editor' | 'manager' | 'owner'

export interface Row {
  who: Who
  /** What is asked, of these things. */
  input?: (ids: Ids) => Record<string, unknown>
  /** What it gives to who may, where that is no success: a token that is none, say. */
  gives?: number
}

const row = (who: Who, input?: Row['input'], gives?: number): Row => ({
  who,
  ...(input && { input }),
  ...(gives && { gives }),
})
const agent = ({ agentId }: Ids) => ({ agentId })
const conversation = ({ conversationId }: Ids) => ({ conversationId })
const execution = ({ executionId }: Ids) => ({ executionId })
const group = ({ groupId }: Ids) => ({ groupId })
const member = ({ groupId, userId }: Ids) => ({ groupId, userId })
let names = 0
const newName = () => ({ name: `Name ${(names += 1)}` })
const user = ({ userId }: Ids) => ({ userId })
const newEmail = () => `${newName().name.replace(' ', '')}@example.com`
const newPassword = () => 'quite a long and new password'
const wrongPassword = () => ({ password: 'not this one' })
const nobody = { email: 'nobody@example.com', password: 'a long password' }

/** Every procedure, and who may call it. One that is missing here fails the sweep. */
export const table: Record<string, Row> = {
  'auth.register': row('anyone', () => ({ ...nobody, email: newEmail() })),
  'auth.login': row('anyone', () => nobody, 401),
  'auth.refresh': row('anyone', () => ({ refreshToken: 'none' }), 401),
  'auth.logout': row('anyone', () => ({ refreshToken: 'none' })),
  'auth.me': row('signed in'),
  'auth.policy': row('anyone'),
  'auth.setup': row('anyone', () => ({ ...nobody, token: 'none' }), 403),
  'auth.logoutEverywhere': row('signed in'),
  'auth.changePassword': row('signed in', () => ({ currentPassword: 'not this one', newPassword: newPassword() }), 401),
  'auth.requestPasswordReset': row('anyone', () => ({ email: nobody.email })),
  'auth.confirmPasswordReset': row('anyone', () => ({ token: 'none', newPassword: newPassword() }), 400),
  'auth.verifyEmail': row('anyone', () => ({ token: 'none' }), 400),
  'auth.requestEmailVerification': row('anyone', () => ({ email: nobody.email })),
  'auth.sessions.list': row('signed in'),
  'auth.sessions.revoke': row('self', ({ sessionId }) => ({ sessionId })),
  'auth.sessions.revokeOthers': row('signed in'),
  'auth.totp.begin': row('signed in', wrongPassword, 401),
  'auth.totp.confirm': row('signed in', () => ({ totp: '000000' }), 409),
  'auth.totp.disable': row('signed in', wrongPassword, 401),
  'auth.totp.recoveryCodes': row('signed in', wrongPassword, 401),

  'users.me': row('signed in'),
  'users.updateMe': row('signed in', () => ({ fullName: newName().name })),
  'users.deleteMe': row('signed in', wrongPassword, 401),
  'users.list': row('admin', () => ({})),
  'users.create': row('admin', () => ({ email: newEmail() })),
  'users.get': row('admin', user),
  'users.update': row('admin', (ids) => ({ ...user(ids), fullName: newName().name })),
  'users.delete': row('admin', user),
  'users.activate': row('admin', user),
  'users.deactivate': row('admin', user),

  'invitations.list': row('admin', () => ({})),
  'invitations.create': row('admin', () => ({ email: newEmail() })),
  'invitations.revoke': row('admin', ({ userId }) => ({ invitationId: userId }), 404),
  'outbox.list': row('admin', () => ({})),

  'agents.list': row('signed in', () => ({})),
  'agents.create': row('signed in', newName),
  'agents.get': row('viewer', agent),
  'agents.update': row('editor', (ids) => ({ ...agent(ids), ...newName() })),
  'agents.delete': row('owner', agent),
  'agents.shares': row('manager', agent),
  'agents.share': row('manager', (ids) => ({ ...agent(ids), principal: ids.userId, level: 'viewer' })),
  // There is no such share, which only who may withdraw one is told.
  'agents.unshare': row('manager', (ids) => ({ ...agent(ids), principal: 'everyone' }), 404),

  'conversations.list': row('signed in', () => ({})),
  'conversations.create': row('viewer', agent),
  'conversations.get': row('viewer', conversation),
  'conversations.update': row('editor', (ids) => ({ ...conversation(ids), title: 'Another title' })),
  'conversations.delete': row('owner', conversation),
  'conversations.messages': row('viewer', conversation),
  'conversations.send': row('editor', (ids) => ({ ...conversation(ids), content: 'Hello' })),
  'conversations.shares': row('manager', conversation),
  'conversations.share': row('manager', (ids) => ({ ...conversation(ids), principal: ids.userId, level: 'viewer' })),
  'conversations.unshare': row('manager', (ids) => ({ ...conversation(ids), principal: 'everyone' }), 404),

  'messages.get': row('viewer', ({ messageId }) => ({ messageId })),

  'executions.list': row('signed in', () => ({})),
  'executions.get': row('viewer', execution),
  'executions.steps': row('viewer', execution),
  'executions.replay': row('viewer', execution),
  'executions.follow': row('viewer', execution),
  'executions.cancel': row('editor', execution),
  'executions.retry': row('editor', execution),
  'executions.fork': row('editor', (ids) => ({ ...execution(ids), atStep: 0, change: { prompt: 'Another' } })),
  'executions.approve': row('owner', ({ executionId, stepId }) => ({ executionId, stepId, decision: 'approve' })),

  'apiKeys.list': row('signed in'),
  'apiKeys.create': row('signed in', () => ({ name: 'Key', scopes: ['agents:read'] })),
  'apiKeys.delete': row('self', ({ apiKeyId }) => ({ apiKeyId })),

  'groups.list': row('signed in', () => ({})),
  'groups.create': row('admin', newName),
  'groups.get': row('admin', group),
  'groups.update': row('admin', (ids) => ({ ...group(ids), ...newName() })),
  'groups.delete': row('admin', group),
  'groups.members': row('admin', group),
  'groups.addMember': row('admin', member),
  'groups.removeMember': row('admin', member),

  'audit.list': row('admin', () => ({})),
  'audit.mine': row('signed in', () => ({})),

  'providerKeys.list': row('signed in'),
  'providerKeys.set': row('signed in', () => ({ provider: 'openai', apiKey: 'a-key-of-ones-own' })),
  'providerKeys.delete': row('signed in', () => ({ provider: 'anthropic' }), 404),

  'tools.list': row('signed in'),
  'tools.get': row('signed in', () => ({ name: 'calculator' })),
  'models.list': row('signed in'),
}
