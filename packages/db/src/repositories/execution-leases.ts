import type { ExecutionId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { ExecutionRow } from './executions.ts'

export interface Claimant {
  /** Names the process; unique among all replicas and restarts. */
  owner: string
  leaseMs: number
}

/**
 * Takes up to `limit` executions that are queued, or whose holder let the lease run out, oldest first. The epoch goes up,
 * so that whoever held one before can write no more. Of one conversation only the oldest is taken. Only the database's
 * clock decides.
 */
export async function claimExecutions(db: Db, { owner, leaseMs }: Claimant, limit: number): Promise<ExecutionRow[]> {
  const { rows } = await sql<ExecutionRow>`
    update executions set
      status = 'running', epoch = epoch + 1, owner = ${owner}, attempts = attempts + 1,
      lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
      started_at = coalesce(started_at, clock_timestamp())
    where id in (
      select e.id from executions e
      where (e.status = 'queued' or (e.status = 'running' and e.lease_until < clock_timestamp()))
        and (e.not_before is null or e.not_before <= clock_timestamp())
        and not exists (
          select 1 from executions earlier
          where earlier.conversation_id = e.conversation_id and earlier.status in ('queued', 'running', 'waiting')
            and (earlier.created_at, earlier.id) < (e.created_at, e.id))
      order by e.created_at, e.id
      limit ${limit}
      for update skip locked)
    returning *`.execute(db)
  return rows
}

export interface Lease {
  id: ExecutionId
  epoch: number
}

/** Renews leases. Those that are missing from the answer were lost; the others say whether a stop was asked for. */
export async function renewLeases(
  db: Db,
  leases: readonly Lease[],
  leaseMs: number,
): Promise<(Lease & { cancelRequested: boolean })[]> {
  const { rows } = await sql<Lease & { cancelRequested: boolean }>`
    update executions e set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    from unnest(${leases.map((lease) => lease.id)}::uuid[], ${leases.map((lease) => lease.epoch)}::int[])
      as held (id, epoch)
    where e.id = held.id and e.epoch = held.epoch and e.status = 'running'
    returning e.id, e.epoch, e.cancel_requested_at is not null as "cancelRequested"`.execute(db)
  return rows
}

/** Lets go of leases at once, so that another process need not wait for them to run out. */
export async function releaseLeases(db: Db, leases: readonly Lease[]): Promise<void> {
  if (leases.length === 0) return
  await sql`
    update executions e set lease_until = clock_timestamp(), attempts = greatest(attempts - 1, 0)
    from unnest(${leases.map((lease) => lease.id)}::uuid[], ${leases.map((lease) => lease.epoch)}::int[])
      as held (id, epoch)
    where e.id = held.id and e.epoch = held.epoch and e.status = 'running'`.execute(db)
}
