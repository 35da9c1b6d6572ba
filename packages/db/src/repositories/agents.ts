import type { AgentId, AgentStatus, UserId } from '@kickstartmyai/contract'
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Db, Transaction } from '../database.ts'
import type { AgentTable } from '../tables/agent.ts'
import { type AccessColumns, accessColumns, grantedIds, may, type Scope } from './access.ts'
import type { PageRequest } from './keyset.ts'

/** An agent as its reader has it. */
export type AgentRow = Selectable<AgentTable> & AccessColumns

type AgentScope = Scope<'agent'>

export function insertAgent(db: Db, agent: Insertable<AgentTable>): Promise<AgentRow> {
  return db
    .insertInto('agents')
    .values(agent)
    .returningAll()
    .returning(accessColumns('agent', agent.owner_id))
    .executeTakeFirstOrThrow()
}

const readable = (db: Db, userId: UserId) =>
  db.selectFrom('agents').selectAll('agents').select(accessColumns('agent', userId))

export function findAgent(db: Db, scope: AgentScope, agentId: AgentId): Promise<AgentRow | undefined> {
  return readable(db, scope.userId).where('agents.id', '=', agentId).where(may(scope)).executeTakeFirst()
}

/** Holds an agent to the end of the transaction. */
export function lockAgent(tx: Transaction, scope: AgentScope, agentId: AgentId): Promise<AgentRow | undefined> {
  return readable(tx, scope.userId)
    .where('agents.id', '=', agentId)
    .where(may(scope))
    .forNoKeyUpdate('agents')
    .executeTakeFirst()
}

/** The oldest active agent of this person's own. */
export function findFirstAgent(db: Db, ownerId: UserId): Promise<AgentRow | undefined> {
  return readable(db, ownerId)
    .where('agents.owner_id', '=', ownerId)
    .where('agents.status', '=', 'active')
    .orderBy('agents.created_at')
    .orderBy('agents.id')
    .limit(1)
    .executeTakeFirst()
}

/** The agents that a person may, their own and others', newest first. */
export function listAgents(
  db: Db,
  scope: AgentScope,
  { limit, after, status }: PageRequest & { status: AgentStatus | undefined },
): Promise<AgentRow[]> {
  const page = () =>
    readable(db, scope.userId)
      .$if(status !== undefined, (query) => query.where('agents.status', '=', status!))
      .$if(after !== null, (query) =>
        query.where(sql<boolean>`(agents.created_at, agents.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
      )
      .orderBy('agents.created_at', 'desc')
      .orderBy('agents.id', 'desc')
      .limit(limit)
  const own = page().where('agents.owner_id', '=', scope.userId)
  const others = page()
    .where('agents.owner_id', '!=', scope.userId)
    .where(sql<boolean>`agents.id = ${grantedIds(scope)}`)
  // Each by its own index: one condition for both would read all that a person has to give the newest few.
  return db
    .selectFrom(
      db
        .selectFrom(own.as('own'))
        .selectAll()
        .unionAll(db.selectFrom(others.as('others')).selectAll())
        .as('agents'),
    )
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export function updateAgent(
  db: Db,
  scope: AgentScope,
  agentId: AgentId,
  changes: Updateable<AgentTable>,
): Promise<AgentRow | undefined> {
  return db
    .updateTable('agents')
    .set({ ...changes, updated_at: sql<Date>`clock_timestamp()` })
    .where('agents.id', '=', agentId)
    .where(may(scope))
    .returningAll()
    .returning(accessColumns('agent', scope.userId))
    .executeTakeFirst()
}

/** Gives whether there was one. Its conversations stay and have no agent then. */
export async function deleteAgent(db: Db, scope: AgentScope, agentId: AgentId): Promise<boolean> {
  const result = await db.deleteFrom('agents').where('agents.id', '=', agentId).where(may(scope)).executeTakeFirst()
  return result.numDeletedRows > 0n
}
