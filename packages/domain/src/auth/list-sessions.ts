import type { Session } from '@kickstartmyai/contract'
import { listSessions as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { deviceWords } from './device-words.ts'

/** Where the caller is signed in, last used first. */
export async function listSessions({ db }: Deps, actor: Actor): Promise<{ items: Session[] }> {
  const rows = await listRows(db, actor.userId)
  const items = rows.map((row): Session => ({
    id: row.id,
    device: deviceWords(row.user_agent),
    address: row.address,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    current: row.id === actor.sessionId,
  }))
  return { items }
}
