import type { AuditEntry, ListAuditInput, Page, PageQuery } from '@kickstartmyai/contract'
import { type AuditEntryRow, listAuditEntries as listRows, listAuditEntriesOf } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { checkRole } from '../policy/check-role.ts'
import { toAuditView } from './to-audit-view.ts'

/** Everybody's audit entries that pass the filter, newest first. Throws FORBIDDEN for who is no administrator. */
export async function listAuditEntries(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  input: ListAuditInput,
): Promise<Page<AuditEntry>> {
  checkRole(actor, 'admin')
  const { limit, cursor, from, to, ...filter } = input
  const times = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) }
  const page = { limit: limit + 1, after: fromCursor(cursor) }
  return asPage(await listRows(deps.db, { ...filter, ...times }, page), limit)
}

/** What the caller did and what was done to their account, newest first. */
export async function listMyAuditEntries(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { limit, cursor }: PageQuery,
): Promise<Page<AuditEntry>> {
  const page = { limit: limit + 1, after: fromCursor(cursor) }
  const { items, nextCursor } = asPage(await listAuditEntriesOf(deps.db, actor.userId, page), limit)
  return { items: items.map((entry) => (entry.actorId === actor.userId ? entry : withoutPlace(entry))), nextCursor }
}

const asPage = (rows: readonly AuditEntryRow[], limit: number) =>
  toPage(rows, limit, toAuditView, ({ at, id }) => ({ at, id }))

/** From where an administrator works is not the business of those whom they administer. */
function withoutPlace(entry: AuditEntry): AuditEntry {
  return entry.actorId === null ? entry : { ...entry, sessionId: null, apiKeyId: null, address: null, userAgent: null }
}
