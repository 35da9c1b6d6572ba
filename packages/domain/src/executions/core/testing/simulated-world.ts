import type { CoreEvent, Refusal } from '../execution-event.ts'
import type { ExecutionState } from '../execution-state.ts'
import { transition } from '../transition.ts'

/** A tool call of a round: whether its tool only reads, and whether a person is asked first. */
export interface SimulatedCall {
  onlyReads: boolean
  asks: boolean
}

/** What the model says in a step, piece by piece, and what it calls after that. */
export interface SimulatedRound {
  pieces: number
  calls: readonly SimulatedCall[]
}

export type Told = { type: 'attempt'; step: number } | { type: 'text'; text: string } | { type: 'other' }

/** What is stored of one execution, and the world outside that its tools change. */
export class SimulatedWorld {
  now = 0
  state: ExecutionState | null = null
  readonly log: { epoch: number; told: Told }[] = []
  /** The results of model steps. */
  readonly results = new Map<string, string>()
  readonly answers: string[] = []
  /** How often each tool took effect. */
  readonly effects = new Map<string, number>()
  /** Refusals that no process may ever meet: each is one that did what its steps forbid. */
  readonly blunders: Refusal[] = []

  /** Commits an event and what is told with it, or nothing of both; gives why not. */
  commit(event: CoreEvent, told: readonly Told[] = []): Refusal | null {
    const outcome = transition(this.state, event, this.now)
    if (!outcome.accepted) {
      if (outcome.reason === 'wrong_step' || outcome.reason === 'not_ready') this.blunders.push(outcome.reason)
      return outcome.reason
    }
    this.state = outcome.state
    for (const each of told) this.log.push({ epoch: outcome.state.epoch, told: each })
    return null
  }

  takeEffect(step: string): void {
    this.effects.set(step, (this.effects.get(step) ?? 0) + 1)
  }

  get isOver(): boolean {
    return this.state !== null && !['queued', 'running', 'waiting'].includes(this.state.status)
  }
}
