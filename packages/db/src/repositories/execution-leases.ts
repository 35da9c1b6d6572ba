import type { ExecutionId } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { ExecutionRow } from './executions.ts'

export interface Claimant {
  /** Names the process; unique among all replicas and restarts. */
  owner: string
  leaseMs: number
  /** How long an execution may take from when it is first taken up, restarts included. */
  deadlineMs: number
  /** Most executions of one user that run at a time, in all processes together. */
  runningPerUser: number
}

/** An execution that was taken up, and how long it may still take; nothing is left when that is not positive. */
export type ClaimedExecution = ExecutionRow & { remaining_ms: number }

/**
 * Takes up to `limit` executions that are queued, or whose holder let the lease run out, oldest first. The epoch goes up,
 * so that whoever held one before can write no more. Of one conversation only the oldest is taken, and of one person's
 * queue only as many as may run. Only the database's clock decides.
 */
export async function claimExecutions(
  db: Db,
  { owner, leaseMs, deadlineMs, runningPerUser }: Claimant,
  limit: number,
): Promise<ClaimedExecution[]> {
  const { rows } = await sql<ClaimedExecution>`
    with ready as (
      select c.id, c.owner_id, c.status,
        row_number() over (partition by c.owner_id, c.status order by c.created_at, c.id) as place
      from executions c
      where (c.status = 'queued' or (c.status = 'running' and c.lease_until < clock_timestamp()))
        and (c.not_before is null or c.not_before <= clock_timestamp())
        and not exists (
          select 1 from executions earlier
          where earlier.conversation_id = c.conversation_id and earlier.status in ('queued', 'running', 'waiting')
            and (earlier.created_at, earlier.id) < (c.created_at, c.id))),
    -- Once for each person whose turn it may be, however much of theirs is queued.
    room as materialized (
      select o.owner_id, ${runningPerUser} - (
        select count(*) from executions r where r.owner_id = o.owner_id and r.status = 'running') as room
      from (select distinct owner_id from ready where status = 'queued') o)
    update executions set
      status = 'running', epoch = epoch + 1, owner = ${owner}, attempts = attempts + 1,
      lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
      deadline = coalesce(deadline, clock_timestamp() + ${deadlineMs} * interval '1 millisecond'),
      started_at = coalesce(started_at, clock_timestamp())
    where id in (
      select e.id from executions e
      join ready on ready.id = e.id
      left join room on room.owner_id = ready.owner_id
      where (ready.status = 'running' or ready.place <= room.room)
        -- What another process has taken meanwhile is not ready any more.
        and (e.status = 'queued' or (e.status = 'running' and e.lease_until < clock_timestamp()))
      order by e.created_at, e.id
      limit ${limit}
      for update of e skip locked)
    returning *, (extract(epoch from deadline - clock_timestamp()) * 1000)::float8 as remaining_ms`.execute(db)
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
