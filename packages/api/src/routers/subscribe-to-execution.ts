import { type ExecutionEvent, type FollowExecutionInput, isTerminal, isTerminalEvent } from '@kickstartmyai/contract'
import { type Actor, type Deps, DomainError, followExecution, getExecution } from '@kickstartmyai/domain'
import { tracked, TRPCError } from '@trpc/server'

/**
 * An execution's events for a tRPC subscription, each under its number. A subscription that simply ended would be over for
 * its subscriber: where there is more to come, as when this server drains, it ends with an error after which tRPC's
 * clients come back by themselves.
 */
export async function* subscribeToExecution(
  deps: Deps,
  actor: Actor,
  { executionId, lastEventId = 0 }: FollowExecutionInput,
  signal: AbortSignal = new AbortController().signal,
) {
  let last = lastEventId
  for await (const batch of await followExecution(deps, actor, executionId, last, signal)) {
    for (const { seq, type, body } of batch) {
      yield tracked(String(seq), { ...JSON.parse(body), seq } as ExecutionEvent)
      if (isTerminalEvent(type)) return
      last = seq
    }
  }
  if (signal.aborted) return
  const { status, lastSeq } = await getExecution(deps, actor, executionId)
  if (isTerminal(status) && lastSeq <= last) return
  const message = 'This server hands its followers over to another. Subscribe again.'
  const cause = new DomainError('UNAVAILABLE', message)
  throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message, cause })
}
