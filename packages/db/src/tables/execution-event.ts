import type { ExecutionEventType, ExecutionId } from '@kickstartmyai/contract'

export interface ExecutionEventTable {
  execution_id: ExecutionId
  seq: number
  epoch: number
  type: ExecutionEventType
  /** The event's JSON without its `seq`. */
  body: string
}
