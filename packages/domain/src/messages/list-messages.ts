import type { ListMessagesInput, Message, Page } from '@kickstartmyai/contract'
import { findConversation, listMessages as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { toMessageView } from './to-message-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** A conversation's messages, oldest first. Throws NOT_FOUND. */
export async function listMessages(
  deps: Deps,
  actor: Actor,
  { conversationId, limit, cursor }: ListMessagesInput,
): Promise<Page<Message>> {
  const scope = scopeOf(actor, 'conversation.read')
  if (!(await findConversation(deps.db, scope, conversationId))) throw notFound('conversation')
  const page = { limit: limit + 1, after: fromCursor(cursor) }
  const rows = await listRows(deps.db, scope, conversationId, page)
  return toPage(rows, limit, toMessageView, (row) => ({ at: row.created_at, id: row.id }))
}
