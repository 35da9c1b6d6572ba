import type { AgentId, AgentStatus, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db } from '../database.ts'
import type { AgentTable } from '../tables/agent.ts'
import type { PageRequest } from './keyset.ts'

export type AgentRow = Selectable<AgentTable>

export function insertAgent(db: Db, agent: Insertable<AgentTable>): Promise<AgentRow> {
  return db.insertInto('agents').values(agent).returningAll().executeTakeFirstOrThrow()
}

export function findAgent(db: Db, ownerId: UserId, agentId: AgentId): Promise<AgentRow | undefined> {
  return db
    .selectFrom('agents')
    .selectAll()
    .where('id', '=', agentId)
    .where('owner_id', '=', ownerId)
    .executeTakeFirst()
}

/** The owner's oldest active agent. */
export function findFirstAgent(db: Db, ownerId: UserId): Promise<AgentRow | undefined> {
  return db
    .selectFrom('agents')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .where('status', '=', 'active')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** The owner's agents, newest first. */
export function listAgents(
  db: Db,
  ownerId: UserId,
  { limit, after, status }: PageRequest & { status: AgentStatus | undefined },
): Promise<AgentRow[]> {
  return db
    .selectFrom('agents')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .$if(status !== undefined, (query) => query.where('status', '=', status!))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function updateAgent(
  db: Db,
  ownerId: UserId,
  agentId: AgentId,
  changes: Updateable<AgentTable>,
): Promise<AgentRow | undefined> {
  return db
    .updateTable('agents')
    .set({ ...changes, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', agentId)
    .where('owner_id', '=', ownerId)
    .returningAll()
    .executeTakeFirst()
}

/** Gives whether there was one. Its conversations stay and have no agent then. */
export async function deleteAgent(db: Db, ownerId: UserId, agentId: AgentId): Promise<boolean> {
  const result = await db
    .deleteFrom('agents')
    .where('id', '=', agentId)
    .where('owner_id', '=', ownerId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
