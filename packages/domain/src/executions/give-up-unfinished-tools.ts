import type { Deps } from '../deps.ts'
import { answerCall } from './answer-call.ts'
import { isRepeatable } from './core/is-repeatable.ts'
import type { Progress } from './load-progress.ts'
import type { Run } from './run.ts'

const error = {
  code: 'UNKNOWN_OUTCOME',
  message: 'The server stopped while this tool ran. It may or may not have taken effect; it was not repeated.',
}

/**
 * A tool that changes something and was begun before a crash may have done it or not: it is never run again, and the
 * model is told so. One that only reads is left for the loop to run again.
 */
export async function giveUpUnfinishedTools(deps: Deps, run: Run, progress: Progress): Promise<void> {
  for (const unfinished of progress.unfinished) {
    if (isRepeatable(deps.tools.get(unfinished.call.name)?.effect)) continue
    await answerCall(deps, run, progress, unfinished, { boundary: 'tool_given_up', state: 'unknown', error })
  }
}
