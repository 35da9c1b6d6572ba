import type { Agent, AgentStatus, Page, PageQuery } from '@kickstartmyai/contract'
import { listAgents as listRows } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { fromCursor } from '../paging/cursor.ts'
import { toPage } from '../paging/to-page.ts'
import { toAgentView } from './to-agent-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

/** The caller's agents and those that are shared with them, newest first. */
export async function listAgents(
  deps: Deps,
  actor: Actor,
  { limit, cursor, status }: PageQuery & { status?: AgentStatus | undefined },
): Promise<Page<Agent>> {
  const rows = await listRows(deps.db, scopeOf(actor, 'agent.read'), {
    limit: limit + 1,
    after: fromCursor(cursor),
    status,
  })
  return toPage(rows, limit, toAgentView, (row) => ({ at: row.created_at, id: row.id }))
}
