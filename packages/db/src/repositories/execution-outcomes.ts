import type { ExecutionError, ExecutionStatus, Usage } from '@kickstartmyai/contract'
import { sql } from 'kysely'
import type { Transaction } from '../database.ts'
import type { Lease } from './execution-leases.ts'

export interface ExecutionOutcome {
  status: ExecutionStatus
  lastSeq: number
  error: ExecutionError | null
  usage: Usage
}

/** Ends an execution. Gives false, and changes nothing, when the lease was lost. */
export async function endExecution(tx: Transaction, lease: Lease, outcome: ExecutionOutcome): Promise<boolean> {
  const result = await tx
    .updateTable('executions')
    .set({
      status: outcome.status,
      last_seq: outcome.lastSeq,
      error_code: outcome.error?.code ?? null,
      error_message: outcome.error?.message ?? null,
      input_tokens: outcome.usage.inputTokens,
      output_tokens: outcome.usage.outputTokens,
      cached_input_tokens: outcome.usage.cachedInputTokens,
      reasoning_tokens: outcome.usage.reasoningTokens,
      owner: null,
      lease_until: null,
      ended_at: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', lease.id)
    .where('epoch', '=', lease.epoch)
    .where('status', '=', 'running')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Notes how far an execution has come. Gives false, and changes nothing, when the lease was lost. */
export async function noteProgress(
  tx: Transaction,
  lease: Lease,
  progress: { lastSeq: number; usage: Usage },
): Promise<boolean> {
  const result = await tx
    .updateTable('executions')
    .set({
      last_seq: progress.lastSeq,
      input_tokens: progress.usage.inputTokens,
      output_tokens: progress.usage.outputTokens,
      cached_input_tokens: progress.usage.cachedInputTokens,
      reasoning_tokens: progress.usage.reasoningTokens,
    })
    .where('id', '=', lease.id)
    .where('epoch', '=', lease.epoch)
    .where('status', '=', 'running')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
