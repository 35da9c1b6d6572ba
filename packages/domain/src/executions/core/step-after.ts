import type { HeldEvent } from './execution-event.ts'
import type { StepState } from './execution-state.ts'

type StepEvent = Extract<HeldEvent, { step: string }>

/**
 * What an event makes of a step; null where it may not happen to one that stands as this does. A tool with an effect is
 * begun once: after that only its end can follow, or that nobody knows it.
 */
export function stepAfter(step: StepState | undefined, event: StepEvent): StepState | null {
  const isBegun = step?.state === 'started'
  switch (event.type) {
    case 'step_finished':
      return step ? null : { state: 'done', decision: null }
    case 'approval_requested':
      return step ? null : { state: 'awaiting', decision: null }
    case 'tool_called': {
      const mayBegin =
        !step || (isBegun && event.repeatable) || (step.state === 'awaiting' && step.decision === 'approve')
      return mayBegin ? { state: 'started', decision: step?.decision ?? null } : null
    }
    case 'tool_finished':
      // Refused by the person, or not the call that they were shown.
      if (step?.state === 'awaiting' && step.decision !== null && !event.ok) return { ...step, state: 'failed' }
      return isBegun ? { ...step, state: event.ok ? 'done' : 'failed' } : null
    case 'tool_given_up':
      return isBegun ? { ...step, state: 'unknown' } : null
  }
}
