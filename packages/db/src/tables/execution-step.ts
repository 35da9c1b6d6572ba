import type { ExecutionId, StepId } from '@kickstartmyai/contract'
import type { Generated, JSONColumnType } from 'kysely'

export interface ExecutionStepTable {
  id: StepId
  execution_id: ExecutionId
  /** `model:0`, `model:1`, … and `tool:<callId>`. */
  name: string
  kind: 'model' | 'tool'
  epoch: number
  state: 'started' | 'done' | 'unknown' | 'failed'
  attempt: Generated<number>
  input: JSONColumnType<object> | null
  input_hash: string | null
  idempotency_key: string | null
  result: JSONColumnType<object> | null
  started_at: Generated<Date>
  ended_at: Date | null
}
