import type { Conversation, Page, PageQuery } from '@kickstartmyai/contract'
import { listConversations as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { toConversationView } from './to-conversation-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** The caller's conversations and those that are shared with them, the one that was spoken in last first. */
export async function listConversations(
  deps: Deps,
  actor: Actor,
  { limit, cursor }: PageQuery,
): Promise<Page<Conversation>> {
  const rows = await listRows(deps.db, scopeOf(actor, 'conversation.read'), {
    limit: limit + 1,
    after: fromCursor(cursor),
  })
  return toPage(rows, limit, toConversationView, (row) => ({ at: row.last_message_at ?? row.created_at, id: row.id }))
}
