import type { Invitation, Page, PageQuery } from '@kickstartmyai/contract'
import { listInvitations as listRows } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { toInvitationView } from './to-invitation-view.ts'

/** Invitations that nobody has taken yet, newest first, for an administrator. */
export async function listInvitations({ db }: Deps, { limit, cursor }: PageQuery): Promise<Page<Invitation>> {
  const rows = await listRows(db, { limit: limit + 1, after: fromCursor(cursor) })
  return toPage(rows, limit, toInvitationView, (row) => ({ at: row.created_at, id: row.id }))
}
