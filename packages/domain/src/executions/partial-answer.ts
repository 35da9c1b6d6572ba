import type { Message } from '@kickstartmyai/contract'
import { type ExecutionRow, insertMessage, type Transaction } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { toMessage, toRow } from './end-execution.ts'
import { loadProgress } from './load-progress.ts'
import { toExecutionView } from './to-execution-view.ts'

/**
 * Keeps what the finished steps of an execution have said, as an answer that is not whole: for one that ends while
 * nobody runs it. Null when nothing was said. The caller has ended it in the same transaction.
 */
export async function keepPartialAnswer(
  deps: Pick<Deps, 'clock' | 'newId'>,
  tx: Transaction,
  row: ExecutionRow,
): Promise<Message | null> {
  const { answer } = await loadProgress(tx, row)
  if (answer.parts.length === 0) return null
  const { usage } = toExecutionView({ ...row, answer_message_id: null })
  const message = toMessage(deps, row, { status: 'cancelled', answer, usage })
  await insertMessage(tx, toRow(message))
  return message
}
