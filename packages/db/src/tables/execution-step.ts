import type { ApprovalDecision, ExecutionId, StepId, UserId } from '@kickstartmyai/contract'
import type { Generated, JSONColumnType } from 'kysely'

export interface ExecutionStepTable {
  id: StepId
  execution_id: ExecutionId
  /** `model:0`, `model:1`, … and `tool:<callId>`. */
  name: string
  kind: 'model' | 'tool'
  epoch: number
  /** `awaiting` until a call that needs a person's word is begun or refused, also when it was decided already. */
  state: 'awaiting' | 'started' | 'done' | 'unknown' | 'failed'
  attempt: Generated<number>
  input: JSONColumnType<object> | null
  input_hash: string | null
  idempotency_key: string | null
  decision: ApprovalDecision | null
  decided_by: UserId | null
  decided_at: Date | null
  /** The event that tells of the decision; null while the holder of the lease has yet to tell it. */
  decision_seq: number | null
  result: JSONColumnType<object> | null
  started_at: Generated<Date>
  ended_at: Date | null
}
