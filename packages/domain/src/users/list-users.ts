import type { Account, Page, UserQuery } from '@kickstartmyai/contract'
import { listAccounts } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { toAccountView } from './to-account-view.ts'

/** Everybody's accounts, newest first, for an administrator. */
export async function listUsers({ db }: Deps, { limit, cursor, q, role, status }: UserQuery): Promise<Page<Account>> {
  const rows = await listAccounts(db, { q, role, status }, { limit: limit + 1, after: fromCursor(cursor) })
  return toPage(rows, limit, toAccountView, (row) => ({ at: row.created_at, id: row.id }))
}
