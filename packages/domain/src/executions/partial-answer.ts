import type { ExecutionEventBody, ExecutionId, Message } from '@kickstartmyai/contract'
import {
  type Db,
  type ExecutionRow,
  insertMessage,
  listLastAttempt,
  touchConversation,
  type Transaction,
} from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { toMessage, toRow } from './end-execution.ts'
import { loadProgress, type Progress } from './load-progress.ts'
import { toExecutionView } from './to-execution-view.ts'

/**
 * Adds what was streamed of the model step that is not finished. A person has read it, and nobody goes on with it: it
 * belongs to the answer.
 */
export async function addUnfinishedStep(db: Db, executionId: ExecutionId, progress: Progress): Promise<void> {
  const [begun, ...streamed] = (await listLastAttempt(db, executionId)).map(
    ({ body }) => JSON.parse(body) as ExecutionEventBody,
  )
  // One that is finished is part of the progress already.
  if (begun?.type !== 'attempt.started' || begun.step !== progress.stepsDone) return
  for (const event of streamed) {
    if (event.type === 'text.delta') progress.answer.add('text', event.text)
    if (event.type === 'reasoning.delta') progress.answer.add('reasoning', event.text)
  }
}

/**
 * Keeps what an execution has said so far as an answer that is not whole: for one that ends while nobody runs it. Null
 * when nothing was said. The caller has ended it in the same transaction.
 */
export async function keepPartialAnswer(
  deps: Pick<Deps, 'clock' | 'newId'>,
  tx: Transaction,
  row: ExecutionRow,
): Promise<Message | null> {
  const progress = await loadProgress(tx, row)
  await addUnfinishedStep(tx, row.id, progress)
  if (progress.answer.parts.length === 0) return null
  const { usage } = toExecutionView({ ...row, answer_message_id: null })
  const message = toMessage(deps, row, { status: 'cancelled', answer: progress.answer, usage })
  await insertMessage(tx, toRow(message))
  await touchConversation(tx, row.conversation_id)
  return message
}
