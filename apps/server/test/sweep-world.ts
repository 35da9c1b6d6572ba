import { randomUUIDv7 } from 'node:crypto'
import type { GrantLevel } from '@kickstartmyai/contract'
import type { Db } from '@kickstartmyai/db'
import { newPerson, type Person } from './person.ts'
import type { TestServer } from './test-server.ts'

/** Everybody who calls in the sweep; each of the last seven is somebody else. */
export const callers = [
  'anonymous',
  'signed out',
  'suspended',
  'weak key',
  'key',
  'owner',
  'viewer',
  'editor',
  'manager',
  'stranger',
  'admin',
] as const
export type Caller = (typeof callers)[number]

/** One of each thing, by the names of the inputs that refer to it. */
export interface Ids {
  agentId: string
  conversationId: string
  messageId: string
  executionId: string
  stepId: string
  userId: string
  groupId: string
  apiKeyId: string
  sessionId: string
}

export interface SweepWorld {
  tokens: Record<Caller, string | null>
  /** Makes one of each thing, the owner's, shared with the viewer, the editor and the manager; all else is somebody's own. */
  make(): Promise<Ids>
}

export async function createSweepWorld({ url, db }: TestServer): Promise<SweepWorld> {
  const names = ['owner', 'viewer', 'editor', 'manager', 'stranger', 'admin', 'signed out', 'suspended'] as const
  const people = new Map<string, Person & { id: string }>()
  for (const name of names) {
    const person = await newPerson(url)
    people.set(name, { ...person, id: (await person.call('GET', '/auth/me')).body.id as string })
  }
  const of = (name: string) => people.get(name)!
  await db
    .updateTable('users')
    .set({ role: 'admin' })
    .where('id', '=', of('admin').id as never)
    .execute()
  const key = async (...scopes: string[]) =>
    (await of('owner').call('POST', '/api-keys', { name: 'A program', scopes })).body.key as string
  const token = (name: string) => of(name).accessToken
  const tokens: SweepWorld['tokens'] = {
    anonymous: null,
    'signed out': token('signed out'),
    suspended: token('suspended'),
    'weak key': await key('account:read'),
    key: await key('*'),
    owner: token('owner'),
    viewer: token('viewer'),
    editor: token('editor'),
    manager: token('manager'),
    stranger: token('stranger'),
    admin: token('admin'),
  }
  await db
    .updateTable('users')
    .set({ status: 'suspended' })
    .where('id', '=', of('suspended').id as never)
    .execute()
  await of('signed out').call('POST', '/auth/logout', {})
  const grantees = (['viewer', 'editor', 'manager'] as const).map((level) => ({ level, userId: of(level).id }))
  return { tokens, make: () => make(db, of('owner').id, grantees) }
}

interface Grantee {
  level: GrantLevel
  userId: string
}

async function make(db: Db, ownerId: string, grantees: readonly Grantee[]): Promise<Ids> {
  const id = () => randomUUIDv7() as never
  const owner = ownerId as never
  const ids = {
    agentId: id(),
    conversationId: id(),
    messageId: id(),
    executionId: id(),
    stepId: id(),
    userId: id(),
    groupId: id(),
    apiKeyId: id(),
    sessionId: id(),
  }
  const agent = {
    id: ids.agentId,
    owner_id: owner,
    name: 'Agent',
    description: '',
    system_prompt: 'Secret',
    status: 'active',
  }
  const model = { provider: 'demo', model: null, temperature: null, max_tokens: null, max_iterations: 3, tools: '[]' }
  await db
    .insertInto('agents')
    .values({ ...agent, ...model } as never)
    .execute()
  const conversation = { id: ids.conversationId, owner_id: owner, agent_id: ids.agentId, title: 'A conversation' }
  await db.insertInto('conversations').values(conversation).execute()
  const message = { id: ids.messageId, conversation_id: ids.conversationId, role: 'user', parts_version: 1 }
  await db
    .insertInto('messages')
    .values({ ...message, parts: '[{"type":"text","text":"Hello"}]' } as never)
    .execute()
  const settings = { systemPrompt: 'Secret', temperature: null, maxTokens: null, maxIterations: 3, tools: [] }
  const execution = { id: ids.executionId, owner_id: owner, conversation_id: ids.conversationId, agent_id: ids.agentId }
  const state = {
    message_id: ids.messageId,
    status: 'failed',
    error_code: 'INTERNAL',
    provider: 'demo',
    body_hash: '-',
  }
  await db
    .insertInto('executions')
    .values({ ...execution, ...state, settings: JSON.stringify(settings) } as never)
    .execute()
  const step = {
    id: ids.stepId,
    execution_id: ids.executionId,
    name: 'tool:0:x',
    kind: 'tool',
    epoch: 0,
    state: 'awaiting',
  }
  // It was approved already: to say so again is no error, and sets nothing off.
  const decided = { decision: 'approve', decided_at: new Date(), input: '{}' }
  await db
    .insertInto('execution_steps')
    .values({ ...step, ...decided } as never)
    .execute()
  await db
    .insertInto('users')
    .values({ id: ids.userId, email: `${String(ids.userId)}@example.com`, full_name: null, password_hash: '-' })
    .execute()
  await db
    .insertInto('groups')
    .values({ id: ids.groupId, name: String(ids.groupId) })
    .execute()
  await db.insertInto('group_members').values({ group_id: ids.groupId, user_id: ids.userId }).execute()
  const key = { name: 'Another', scopes: [], last_four: 'abcd', expires_at: null }
  await db
    .insertInto('api_keys')
    .values({ id: ids.apiKeyId, user_id: owner, key_hash: String(ids.apiKeyId), ...key })
    .execute()
  const session = { id: ids.sessionId, user_id: owner, expires_at: new Date(Date.now() + 3_600_000) }
  await db
    .insertInto('sessions')
    .values({ ...session, user_agent: null, address: null })
    .execute()
  for (const { level, userId } of grantees) {
    for (const [type, objectId] of [
      ['agent', ids.agentId],
      ['conversation', ids.conversationId],
    ] as const) {
      const grant = { object_type: type, object_id: objectId, user_id: userId as never, group_id: null }
      await db
        .insertInto('grants')
        .values({ ...grant, level, granted_by: null })
        .execute()
    }
  }
  return ids
}

/** Every row of every table with all its columns, but for what is kept of a request whatever becomes of it. */
export async function dump(db: Db): Promise<Record<string, string[]>> {
  const kept: Record<string, string> = { api_keys: 'last_used_at', sessions: 'last_used_at' }
  const tables = await db.introspection.getTables()
  const rows: Record<string, string[]> = {}
  for (const { name, schema } of tables) {
    if (schema !== 'public') continue
    // Limits count, and the log tells of, what was refused: that is what they are for.
    if (name === 'audit_entries' || name.startsWith('rate_limit')) continue
    const found: object[] = await db
      .selectFrom(name as 'users')
      .selectAll()
      .execute()
    rows[name] = found.map((row) => JSON.stringify({ ...row, [kept[name] ?? '']: undefined })).toSorted()
  }
  return rows
}
