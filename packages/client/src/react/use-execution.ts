import type { ExecutionEvent } from '@kickstartmyai/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type ClientError, toClientError } from '../client-error.ts'
import { emptyExecutionState, type ExecutionState, foldExecution } from '../fold-execution.ts'
import type { StreamState } from '../follow-options.ts'
import { isTerminalStatus } from '../is-terminal.ts'
import { useClient } from './client-context.ts'
import { frameBatcher } from './frame-batcher.ts'

export interface FollowedExecution {
  state: ExecutionState
  /** `ended`: the execution is over; `lost`: given up, `error` says why. */
  connection: StreamState | 'ended' | 'lost'
  error: ClientError | null
  /** Takes it up again after it was lost. */
  again: () => void
}

export interface UseExecutionOptions {
  /** Failed tries in a row after which the connection is lost. */
  maxRetries?: number | undefined
}

interface Followed extends Omit<FollowedExecution, 'again'> {
  executionId: string | null
}

/**
 * Follows an execution from its first event and folds what it hears, so that a page that was reloaded in mid-answer shows
 * all of it and goes on. Events are taken in once a frame, however fast they come. What is hidden or unmounted follows no
 * longer; shown again with what it had heard, it goes on after that. Null follows nothing.
 */
export function useExecution(executionId: string | null, { maxRetries }: UseExecutionOptions = {}): FollowedExecution {
  const client = useClient()
  const [followed, setFollowed] = useState(() => nothingHeard(executionId))
  const [round, setRound] = useState(0)
  // Where to go on. It may lag behind: what is heard twice is folded once.
  const heard = useRef(followed)
  useEffect(() => {
    heard.current = followed
  })

  useEffect(() => {
    if (executionId === null) return
    const gone = new AbortController()
    const update = (change: (followed: Followed) => Partial<Followed>) =>
      setFollowed((old) => {
        const base = old.executionId === executionId ? old : nothingHeard(executionId)
        return { ...base, ...change(base) }
      })
    const batcher = frameBatcher<ExecutionEvent>((events) =>
      update(({ state }) => ({ state: events.reduce(foldExecution, state) })),
    )
    const { state } = heard.current.executionId === executionId ? heard.current : nothingHeard(executionId)
    const follow = async () => {
      if (isTerminalStatus(state.status)) return update(() => ({ connection: 'ended' }))
      try {
        const events = client.executions.follow(executionId, {
          lastEventId: state.lastSeq,
          signal: gone.signal,
          maxRetries,
          onStateChange: (connection) => update(() => ({ connection, error: null })),
        })
        for await (const event of events) batcher.add(event)
        batcher.flush()
        update(() => ({ connection: 'ended' }))
      } catch (error) {
        if (gone.signal.aborted) return
        batcher.flush()
        update(() => ({ connection: 'lost', error: toClientError(error) }))
      }
    }
    void follow()
    return () => {
      gone.abort()
      batcher.stop()
    }
  }, [client, executionId, maxRetries, round])

  const again = useCallback(() => setRound((count) => count + 1), [])
  const { state, connection, error } = followed.executionId === executionId ? followed : nothingHeard(executionId)
  return { state, connection, error, again }
}

const nothingHeard = (executionId: string | null): Followed => ({
  executionId,
  state: emptyExecutionState,
  connection: 'connecting',
  error: null,
})
