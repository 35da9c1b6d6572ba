import type { ExecutionEvent, ExecutionId } from '@kickstartmyai/contract'
import { useCallback, useEffect, useState } from 'react'
import { api } from '../../lib/client.ts'
import { eventBatcher } from './event-batcher.ts'
import { emptyFold, foldExecution, type ExecutionFold } from './fold-execution.ts'

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'lost'

export interface Following {
  fold: ExecutionFold
  connection: Connection
  /** Takes it up again after it was lost. */
  again: () => void
}

interface State {
  executionId: ExecutionId | null
  fold: ExecutionFold
  connection: Connection
}

const fresh = (executionId: ExecutionId | null): State => ({ executionId, fold: emptyFold, connection: 'connecting' })

/**
 * Follows an execution from its first event, so that a page that was reloaded in mid-answer shows all of it and goes on.
 * Events are taken in once a frame, however fast they come.
 */
export function useFollowing(executionId: ExecutionId | null): Following {
  const [state, setState] = useState(() => fresh(executionId))
  const [round, setRound] = useState(0)

  useEffect(() => {
    if (!executionId) return
    const controller = new AbortController()
    const update = (change: (state: State) => Partial<State>) =>
      setState((old) => {
        const base = old.executionId === executionId ? old : fresh(executionId)
        return { ...base, ...change(base) }
      })
    const batcher = eventBatcher((events: ExecutionEvent[]) =>
      update(({ fold }) => ({ fold: events.reduce(foldExecution, fold), connection: 'live' })),
    )
    const follow = async () => {
      update(() => ({ connection: 'connecting' }))
      try {
        const events = api.executions.follow(executionId, {
          signal: controller.signal,
          onReconnecting: () => update(() => ({ connection: 'reconnecting' })),
        })
        for await (const event of events) batcher.add(event)
        batcher.flush()
      } catch {
        batcher.flush()
        if (!controller.signal.aborted) update(() => ({ connection: 'lost' }))
      }
    }
    void follow()
    return () => {
      controller.abort()
      batcher.stop()
    }
  }, [executionId, round])

  const again = useCallback(() => setRound((count) => count + 1), [])
  const { fold, connection } = state.executionId === executionId ? state : fresh(executionId)
  return { fold, connection, again }
}
