import type { ExecutionId } from '@kickstartmyai/contract'
import {
  type Claimant,
  type ClaimedExecution,
  claimExecutions,
  type ExecutionRow,
  type Lease,
  releaseLeases,
  renewLeases,
} from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { mayBeTakenOver, stopsAfterRenewal } from './core/renewal.ts'
import { createEventFlusher } from './event-flusher.ts'
import { createEventWriter } from './event-writer.ts'
import { LeaseLost } from './lease-lost.ts'
import type { Run, SentMessage } from './run.ts'
import { runExecution } from './run-execution.ts'
import { type StopReason, stopReasonOf } from './stop-reason.ts'

export interface EngineSettings {
  /** Names this process among all replicas and restarts. */
  owner: string
  leaseMs: number
  /** How often leases are renewed and stops are heard of; well below the lease. */
  heartbeatMs: number
  /** How often to look for work when nobody calls. */
  pollMs: number
  /** Most executions that run at a time in this process. */
  maxRunning: number
  /** How often an execution may be taken up before it is given up. */
  maxAttempts: number
  /** How long an execution may take from when it is first taken up, restarts included; waiting for a person is free. */
  deadlineMs: number
}

export const defaultEngineSettings: Omit<EngineSettings, 'owner'> = {
  leaseMs: 5000,
  heartbeatMs: 800,
  pollMs: 500,
  maxRunning: 2000,
  maxAttempts: 3,
  deadlineMs: 15 * 60_000,
}

/** Runs executions: claims what is queued or orphaned, keeps the leases, and lets go when told to. */
export interface Engine {
  start(): void
  /** In whose name an execution may be written as claimed; null while this process takes none. */
  claimant(): Claimant | null
  /** Runs an execution that was written as claimed by this process. */
  accept(row: ExecutionRow, sent: SentMessage): void
  /** Something was queued: look now. */
  wake(): void
  /** A stop was asked for: if it runs here, it stops at once. Gives whether it does. */
  cancel(executionId: ExecutionId): boolean
  readonly running: number
  /** Takes nothing new, lets what runs finish for `graceMs`, then hands the rest to other processes. */
  drain(graceMs: number): Promise<void>
}

interface Running {
  lease: Lease
  stop: AbortController
  done: Promise<void>
}

const claimSize = 100
/** Least time between two looks for work: every execution that ends calls for one. */
const leastPauseMs = 20
/** How long a renewal of the leases waits for what is being written; later than that would be too late for the leases. */
const longestWaitForFlushMs = 1000
/** How long a drain waits for the last writes. */
const longestGoodbyeMs = 3000

export function createEngine(deps: Deps, settings: EngineSettings): Engine {
  const running = new Map<ExecutionId, Running>()
  const claimant: Claimant = { ...settings, runningPerUser: deps.caps.running }
  const flusher = createEventFlusher(deps)
  const claiming = new AbortController()
  const beating = new AbortController()
  let loops: Promise<unknown> = Promise.resolve()
  let wakeUp = () => {}
  /** Whether new work is taken: from the start until the drain. */
  let isOpen = false

  const stop = (executionId: ExecutionId, reason: StopReason) => running.get(executionId)?.stop.abort(reason)

  const take = (row: ExecutionRow, remainingMs: number, sent?: SentMessage) => {
    const lease = { id: row.id, epoch: row.epoch }
    const abort = new AbortController()
    const log = deps.events.open(row.id, row.owner_id, row.last_seq)
    const timeOut = () => abort.abort('timed_out' satisfies StopReason)
    const deadline = remainingMs > 0 ? setTimeout(timeOut, remainingMs) : timeOut()
    const writer = createEventWriter({ ...deps, flusher }, lease, row.last_seq, () =>
      abort.abort('lease_lost' satisfies StopReason),
    )
    const run: Run = {
      row,
      lease,
      writer,
      signal: abort.signal,
      maxAttempts: settings.maxAttempts,
      ...(sent && { sent }),
    }
    const done = runExecution(deps, run)
      .catch((error: unknown) => {
        if (error instanceof LeaseLost) deps.log.info({ executionId: row.id }, 'the execution went to another process')
        else deps.log.error({ err: error, executionId: row.id }, 'the execution broke off; it will be taken up again')
      })
      .finally(() => {
        clearTimeout(deadline ?? undefined)
        deps.events.close(row.id, log)
        if (running.get(row.id)?.lease.epoch === row.epoch) running.delete(row.id)
        // The next message of the same conversation may be waiting for this one.
        wakeUp()
      })
    running.get(row.id)?.stop.abort('lease_lost' satisfies StopReason)
    running.set(row.id, { lease, stop: abort, done })
    // Whoever has the lease now is not heard here.
    abort.signal.addEventListener('abort', () => {
      if (stopReasonOf(abort.signal) === 'lease_lost') deps.events.close(row.id, log)
    })
  }

  const claimLoop = async () => {
    while (!claiming.signal.aborted) {
      const called = new Promise<void>((resolve) => (wakeUp = resolve))
      const room = Math.min(claimSize, settings.maxRunning - running.size)
      const rows = room > 0 ? await claim(room) : []
      if (rows.length > 0) await deps.failPoint('claim.after')
      for (const row of rows) take(row, row.remaining_ms)
      if (rows.length === claimSize) continue
      await quietly(deps.clock.sleep(leastPauseMs, claiming.signal))
      await Promise.race([called, quietly(deps.clock.sleep(settings.pollMs, claiming.signal))])
    }
  }

  const claim = async (limit: number): Promise<ClaimedExecution[]> => {
    try {
      await deps.failPoint('claim.before')
      return await claimExecutions(deps.db, claimant, limit)
    } catch (error) {
      deps.log.warn({ err: error }, 'could not look for executions; trying again')
      return []
    }
  }

  const heartbeatLoop = async () => {
    let renewedAt = deps.clock.now()
    while (!beating.signal.aborted) {
      await quietly(deps.clock.sleep(settings.heartbeatMs, beating.signal))
      const before = deps.clock.now()
      if (running.size === 0) renewedAt = before
      else if (await beat()) renewedAt = before
      // Without a renewal the leases run out, and others may already be at work.
      else if (mayBeTakenOver(renewedAt, before, settings.leaseMs))
        for (const id of running.keys()) stop(id, 'lease_lost')
    }
  }

  const beat = async (): Promise<boolean> => {
    const held = [...running.values()].map(({ lease }) => lease)
    try {
      const renewal = flusher.between(() => renewLeases(deps.db, held, settings.leaseMs), longestWaitForFlushMs)
      const kept = await withinTheLease(renewal)
      for (const [id, reason] of stopsAfterRenewal(held, kept)) stop(id, reason)
      return true
    } catch (error) {
      deps.log.warn({ err: error }, 'could not renew the leases; trying again')
      return false
    }
  }

  /** An answer that the network has swallowed must not keep this process at what others have taken over by now. */
  const withinTheLease = async <Value>(answer: Promise<Value>): Promise<Value> => {
    const answered = new AbortController()
    const tooLate = deps.clock.sleep(settings.leaseMs, answered.signal).then(() => {
      throw new Error('The database did not answer within the lease.')
    })
    try {
      return await Promise.race([answer, tooLate])
    } finally {
      answered.abort()
    }
  }

  return {
    start() {
      isOpen = true
      loops = Promise.all([claimLoop(), heartbeatLoop()])
    },
    claimant: () => (isOpen && running.size < settings.maxRunning ? claimant : null),
    accept(row, sent) {
      // It was accepted when the drain had begun: another process goes on with it.
      if (isOpen) take(row, settings.deadlineMs, sent)
      else void releaseLeases(deps.db, [row]).catch(() => {})
    },
    wake: () => wakeUp(),
    cancel(executionId) {
      stop(executionId, 'cancelled')
      return running.has(executionId)
    },
    get running() {
      return running.size
    },
    async drain(graceMs) {
      isOpen = false
      claiming.abort()
      wakeUp()
      // The heartbeat goes on while the rest finishes: a lease that ran out would be taken by others.
      const finished = Promise.all([...running.values()].map(({ done }) => done))
      await Promise.race([finished, deps.clock.sleep(graceMs)])
      const left = [...running.values()]
      for (const { lease } of left) stop(lease.id, 'draining')
      const ended = Promise.all(left.map(({ done }) => done)).then(() => flusher.settled())
      // What waits for a database that is away would wait for ever; whoever takes over repeats it.
      await Promise.race([ended, deps.clock.sleep(longestGoodbyeMs)])
      beating.abort()
      await loops
      const leases = left.map(({ lease }) => lease)
      // A database that is away cannot be told; then the leases run out by themselves.
      await deps.failPoint('release.before')
      await releaseLeases(deps.db, leases).catch((err: unknown) =>
        deps.log.warn({ err }, 'could not release the leases'),
      )
      await deps.failPoint('release.after')
    },
  }
}

async function quietly(promise: Promise<void>): Promise<void> {
  await promise.catch(() => {})
}
