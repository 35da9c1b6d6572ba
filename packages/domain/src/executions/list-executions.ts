import type { Execution, ListExecutionsInput, Page } from '@kickstartmyai/contract'
import { listExecutions as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { toExecutionView } from './to-execution-view.ts'

/** The caller's executions, newest first. */
export async function listExecutions(deps: Deps, actor: Actor, input: ListExecutionsInput): Promise<Page<Execution>> {
  const filter = { conversationId: input.conversationId, agentId: input.agentId, status: input.status }
  const page = { limit: input.limit + 1, after: fromCursor(input.cursor) }
  const rows = await listRows(deps.db, actor.userId, filter, page)
  return toPage(rows, input.limit, toExecutionView, (row) => ({ at: row.created_at, id: row.id }))
}
