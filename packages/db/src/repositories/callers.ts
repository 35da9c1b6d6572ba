import type { ApiKeyId, ApiKeyScope, Role, SessionId, UserId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** By what a caller is known: a session, or the hash of an API key. */
export type Credential = { sessionId: SessionId } | { keyHash: string }

/** The person behind a credential, and the key when it is one. */
export interface Caller {
  id: UserId
  role: Role
  apiKey: { id: ApiKeyId; scopes: readonly ApiKeyScope[] } | null
}

interface Found {
  credential: string
  id: UserId
  role: Role
  api_key_id: ApiKeyId | null
  scopes: ApiKeyScope[] | null
}

/**
 * For each credential the person behind it, in the order of the credentials; undefined where the session is revoked or
 * over, the key is deleted or has expired, or the person is suspended. One statement for any number of both.
 */
export async function findCallers(db: Db, credentials: readonly Credential[]): Promise<(Caller | undefined)[]> {
  const sessionIds = credentials.flatMap((each) => ('sessionId' in each ? [each.sessionId] : []))
  const keyHashes = credentials.flatMap((each) => ('keyHash' in each ? [each.keyHash] : []))
  const ofSessions = sql`
    select s.id::text as credential, u.id, u.role, null::uuid as api_key_id, null::text[] as scopes
    from sessions s join users u on u.id = s.user_id
    where s.id = any(${sessionIds}::uuid[]) and s.revoked_at is null and s.expires_at > clock_timestamp()
      and u.status = 'active'`
  const ofKeys = sql`
    select k.key_hash as credential, u.id, u.role, k.id as api_key_id, k.scopes
    from api_keys k join users u on u.id = k.user_id
    where k.key_hash = any(${keyHashes}::text[]) and (k.expires_at is null or k.expires_at > clock_timestamp())
      and u.status = 'active'`
  const { rows } = await sql<Found>`${ofSessions}${keyHashes.length > 0 ? sql` union all ${ofKeys}` : sql``}`.execute(
    db,
  )
  const callers = new Map(rows.map(({ credential, ...row }) => [credential, toCaller(row)]))
  return credentials.map((each) => callers.get('sessionId' in each ? each.sessionId : each.keyHash))
}

function toCaller({ id, role, api_key_id: apiKeyId, scopes }: Omit<Found, 'credential'>): Caller {
  return { id, role, apiKey: apiKeyId === null ? null : { id: apiKeyId, scopes: scopes ?? [] } }
}

/** Which of these sessions and API keys still let their people in; as `findCallers`, for what was let in before. */
export async function findLive(
  db: Db,
  ids: { sessions: readonly SessionId[]; apiKeys: readonly ApiKeyId[] },
): Promise<Set<SessionId | ApiKeyId>> {
  const { rows } = await sql<{ id: SessionId | ApiKeyId }>`
    select s.id from sessions s join users u on u.id = s.user_id
    where s.id = any(${ids.sessions}::uuid[]) and s.revoked_at is null and s.expires_at > clock_timestamp()
      and u.status = 'active'
    union all
    select k.id from api_keys k join users u on u.id = k.user_id
    where k.id = any(${ids.apiKeys}::uuid[]) and (k.expires_at is null or k.expires_at > clock_timestamp())
      and u.status = 'active'`.execute(db)
  return new Set(rows.map(({ id }) => id))
}
