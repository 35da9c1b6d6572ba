import type {
  ExecutionError,
  ExecutionEventBody,
  ExecutionStatus,
  Message,
  MessageId,
  Usage,
} from '@kickstartmyai/contract'
import { partsVersion } from '@kickstartmyai/contract'
import type { ExecutionEnd, ExecutionRow } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { textOf } from '../messages/to-message-view.ts'
import type { AnswerParts } from './answer-parts.ts'
import type { EventWriter } from './event-writer.ts'
import type { LastStep } from './recorder.ts'

export interface Ending {
  status: Extract<ExecutionStatus, 'completed' | 'failed' | 'cancelled' | 'timed_out'>
  error: ExecutionError | null
  answer: AnswerParts
  usage: Usage
  /** The model step that came last, if it is not written yet. */
  last: LastStep | null
}

/**
 * Ends an execution, all at once: the answer (whole, or as far as it came), the new status and the last events. Throws
 * LeaseLost, with nothing written, when another process holds the execution now.
 */
export async function endExecution(
  deps: Pick<Deps, 'clock' | 'newId' | 'onAnswered'>,
  writer: EventWriter,
  row: ExecutionRow,
  ending: Ending,
): Promise<void> {
  const { status, error, usage, last } = ending
  const message = ending.answer.parts.length === 0 ? null : toMessage(deps, row, ending)
  const events = [...(last ? [last.told] : []), ...lastEvents(ending, message)]
  const steps = last ? [last.step] : []
  await writer.write('end', events, { usage, steps, end: { status, error, message: message && toRow(message) } })
  if (status === 'completed') deps.onAnswered(row)
}

/** An answer as it is stored. */
export function toRow(message: Message): NonNullable<ExecutionEnd['message']> {
  return {
    id: message.id,
    conversation_id: message.conversationId,
    parent_id: message.parentMessageId,
    role: message.role,
    parts: JSON.stringify(message.parts),
    parts_version: partsVersion,
    complete: message.complete,
    execution_id: message.executionId,
    agent_id: message.agentId,
    usage: JSON.stringify(message.usage),
    created_at: new Date(message.createdAt),
  }
}

/** The answer of an execution that ends now. */
export function toMessage(
  { clock, newId }: Pick<Deps, 'clock' | 'newId'>,
  row: ExecutionRow,
  ending: Pick<Ending, 'answer' | 'status' | 'usage'>,
): Message {
  const parts = [...ending.answer.parts]
  return {
    id: newId() as MessageId,
    conversationId: row.conversation_id,
    parentMessageId: row.message_id,
    role: 'assistant',
    content: textOf(parts),
    parts,
    complete: ending.status === 'completed',
    executionId: row.id,
    agentId: row.agent_id,
    usage: ending.usage,
    createdAt: new Date(clock.now()).toISOString(),
  }
}

function lastEvents({ status, error, usage }: Ending, message: Message | null): ExecutionEventBody[] {
  switch (status) {
    case 'completed':
      return [
        ...(message ? [{ type: 'message.completed' as const, message }] : []),
        { type: 'execution.completed', usage },
      ]
    case 'cancelled':
      return [{ type: 'execution.cancelled', message, usage }]
    case 'failed':
    case 'timed_out':
      return [{ type: 'execution.failed', error: error ?? unexplained, message, usage }]
  }
}

const unexplained: ExecutionError = { code: 'INTERNAL', message: 'The run ended for an unknown reason.' }
