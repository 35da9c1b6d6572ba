import type { Execution, ListExecutionsInput, Page } from '@kickstartmyai/contract'
import { listExecutions as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { toExecutionView } from './to-execution-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** What the caller has set off, newest first; of a conversation all that they may see of it. */
export async function listExecutions(deps: Deps, actor: Actor, input: ListExecutionsInput): Promise<Page<Execution>> {
  const filter = { conversationId: input.conversationId, agentId: input.agentId, status: input.status }
  const page = { limit: input.limit + 1, after: fromCursor(input.cursor) }
  const rows = await listRows(deps.db, scopeOf(actor, 'execution.read'), filter, page)
  return toPage(rows, input.limit, toExecutionView, (row) => ({ at: row.created_at, id: row.id }))
}
