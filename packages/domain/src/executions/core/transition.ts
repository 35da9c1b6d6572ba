import { isTerminal } from '@kickstartmyai/contract'
import type { CoreEvent, HeldEvent, Refusal } from './execution-event.ts'
import type { ExecutionState, StepState } from './execution-state.ts'
import { stepAfter } from './step-after.ts'

export type Transition =
  | { accepted: true; state: ExecutionState }
  /** Nothing has changed. */
  | { accepted: false; reason: Refusal }

const accept = (state: ExecutionState): Transition => ({ accepted: true, state })
const refuse = (reason: Refusal): Transition => ({ accepted: false, reason })

/**
 * What an event makes of an execution; null stands for one that was not sent yet. `now` is the database's clock in
 * milliseconds. This is the law that the statements of the repositories keep.
 */
export function transition(state: ExecutionState | null, event: CoreEvent, now: number): Transition {
  if (event.type === 'send') return state ? refuse('exists') : accept(sent(event, now))
  if (!state) return refuse('unknown')
  switch (event.type) {
    case 'cancel':
      return cancel(state)
    case 'approval_decided':
      return decide(state, event)
    case 'claim':
      return claim(state, event, now)
    default:
      // The fence. A lease that ran out still holds until somebody else has claimed.
      if (state.status !== 'running' || state.epoch !== event.epoch) return refuse('lease_lost')
      return hold(state, event, now)
  }
}

function sent({ claimant }: Extract<CoreEvent, { type: 'send' }>, now: number): ExecutionState {
  return {
    status: claimant ? 'running' : 'queued',
    epoch: claimant ? 1 : 0,
    owner: claimant?.owner ?? null,
    leaseUntil: claimant && now + claimant.leaseMs,
    attempts: claimant ? 1 : 0,
    cancelRequested: false,
    lastSeq: 0,
    steps: {},
  }
}

/** Nobody works on one that is queued or waits: it ends here and now. Else the holder ends it. */
function cancel(state: ExecutionState): Transition {
  if (isTerminal(state.status)) return refuse('over')
  if (state.status === 'running') return accept({ ...state, cancelRequested: true })
  const { epoch, lastSeq } = state
  return accept({ ...state, status: 'cancelled', cancelRequested: true, epoch: epoch + 1, lastSeq: lastSeq + 1 })
}

/** While it runs, the holder tells of the decision before it acts on it; while it waits, the decision tells of itself. */
function decide(
  state: ExecutionState,
  { step, decision }: Extract<CoreEvent, { type: 'approval_decided' }>,
): Transition {
  const asked = state.steps[step]
  if (asked?.decision === decision) return accept(state)
  if (asked?.decision) return refuse('decided')
  if (isTerminal(state.status)) return refuse('over')
  if (asked?.state !== 'awaiting') return refuse('wrong_step')
  const decided = { ...state, steps: { ...state.steps, [step]: { ...asked, decision } } }
  if (state.status !== 'waiting') return accept(decided)
  const status = awaited(decided).every((each) => each.decision !== null) ? 'queued' : 'waiting'
  return accept({ ...decided, status, lastSeq: state.lastSeq + 1 })
}

function claim(
  state: ExecutionState,
  { owner, leaseMs }: Extract<CoreEvent, { type: 'claim' }>,
  now: number,
): Transition {
  if (isTerminal(state.status)) return refuse('over')
  if (state.status === 'waiting') return refuse('waiting')
  if (state.status === 'running' && state.leaseUntil !== null && state.leaseUntil >= now) return refuse('held')
  return accept({
    ...state,
    status: 'running',
    epoch: state.epoch + 1,
    owner,
    leaseUntil: now + leaseMs,
    attempts: state.attempts + 1,
  })
}

function hold(state: ExecutionState, event: HeldEvent, now: number): Transition {
  switch (event.type) {
    case 'heartbeat':
      return accept({ ...state, leaseUntil: now + event.leaseMs })
    case 'release':
      return accept({ ...state, leaseUntil: now, attempts: Math.max(state.attempts - 1, 0) })
    case 'waiting':
      return wait(state)
    case 'flush':
      return accept({ ...state, lastSeq: state.lastSeq + event.events })
    case 'end':
      return accept({
        ...state,
        status: event.status,
        owner: null,
        leaseUntil: null,
        lastSeq: state.lastSeq + event.events,
      })
    default: {
      const after = stepAfter(state.steps[event.step], event)
      if (!after) return refuse('wrong_step')
      return accept({
        ...state,
        lastSeq: state.lastSeq + event.events,
        steps: { ...state.steps, [event.step]: after },
      })
    }
  }
}

function wait(state: ExecutionState): Transition {
  if (state.cancelRequested) return refuse('cancelled')
  const open = awaited(state)
  if (open.some((step) => step.decision !== null)) return refuse('decided')
  const runs = Object.values(state.steps).some((step) => step.state === 'started')
  if (runs || open.length === 0) return refuse('not_ready')
  return accept({
    ...state,
    status: 'waiting',
    owner: null,
    leaseUntil: null,
    attempts: Math.max(state.attempts - 1, 0),
  })
}

const awaited = ({ steps }: ExecutionState): StepState[] =>
  Object.values(steps).filter((step) => step.state === 'awaiting')
