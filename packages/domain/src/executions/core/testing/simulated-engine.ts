import type { FailPoint } from '../../fail-points.ts'
import { modelStepName, toolStepName } from '../../step-records.ts'
import { endingOf } from '../ending-of.ts'
import type { HeldEvent, TerminalStatus } from '../execution-event.ts'
import { firstMove } from '../first-move.ts'
import { isRepeatable } from '../is-repeatable.ts'
import type { SimulatedRound, SimulatedWorld, Told } from './simulated-world.ts'

export const leaseMs = 100
const maxAttempts = 3
const maxIterations = 20

type Unaddressed<Event = HeldEvent> = Event extends HeldEvent ? Omit<Event, 'epoch'> : never

/** Another process has taken over. */
class Lost extends Error {}

/**
 * One process that looks for work once: the decisions of the core and the order of the engine, over a simulated store. It
 * stops at every fail-point; whoever drives it goes on with it, leaves it for a while, or never comes back (a crash).
 */
export function* simulateProcess(
  world: SimulatedWorld,
  owner: string,
  script: readonly SimulatedRound[],
): Generator<FailPoint, void, 'go' | 'drain'> {
  yield 'claim.before'
  if (world.commit({ type: 'claim', owner, leaseMs }) !== null) return
  const { epoch } = world.state!
  const draining = (yield 'claim.after') === 'drain'
  try {
    if (draining) yield* release(world, epoch)
    else yield* run(world, epoch, script)
  } catch (error) {
    if (!(error instanceof Lost)) throw error
  }
}

function* release(world: SimulatedWorld, epoch: number): Generator<FailPoint, void, unknown> {
  yield 'release.before'
  world.commit({ type: 'release', epoch })
  yield 'release.after'
}

function* run(
  world: SimulatedWorld,
  epoch: number,
  script: readonly SimulatedRound[],
): Generator<FailPoint, void, 'go' | 'drain'> {
  const write = (event: Unaddressed, told: readonly Told[] = []) => {
    if (world.commit({ ...event, epoch } as HeldEvent, told) !== null) throw new Lost()
  }
  const other: Told = { type: 'other' }
  /** One event goes along with every write but those that say otherwise. */
  function* at(boundary: Boundary, event: Unaddressed, told: readonly Told[] = [other]) {
    yield `${boundary}.before` as const
    write(event, told)
    yield `${boundary}.after` as const
  }
  let answer = ''
  /** Events that were appended and not yet written. */
  let unwritten: Told[] = []
  const flushed = (more: readonly Told[]) => {
    const all = [...unwritten, ...more]
    unwritten = []
    return { events: all.length, all }
  }
  function* end(status: TerminalStatus): Generator<FailPoint, void, unknown> {
    yield 'end.before'
    const { events, all } = flushed([other])
    write({ type: 'end', status, events }, all)
    world.answers.push(answer)
    yield 'end.after'
  }

  const over = firstMove(world.state!, { maxAttempts, isOverdue: false })
  for (let step = 0; step < script.length; step++) {
    const stored = world.results.get(modelStepName(step))
    if (stored === undefined) break
    answer += stored
  }
  if (over) return yield* end(over.status)

  for (let step = 0; step < script.length; step++) {
    const { pieces, calls } = script[step]!
    const name = modelStepName(step)
    const isLast = calls.length === 0
    if (!world.results.has(name)) {
      unwritten.push({ type: 'attempt', step })
      let text = ''
      for (let piece = 0; piece < pieces; piece++) {
        // Another process asks the model anew, and it says something else.
        text += `${epoch}.${step}.${piece} `
        answer += `${epoch}.${step}.${piece} `
        unwritten.push({ type: 'text', text: `${epoch}.${step}.${piece} ` })
        const order = yield 'flush.before'
        const { events, all } = flushed([])
        write({ type: 'flush', events }, all)
        if (order === 'drain') return yield* release(world, epoch)
        // As the heartbeat would tell it.
        if (world.state!.cancelRequested) {
          const ending = endingOf({ type: 'aborted' }, 'cancelled', maxIterations)
          if (ending) return yield* end(ending.status)
        }
        yield 'flush.after'
      }
      if (isLast) break
      yield 'step_finished.before'
      const { events, all } = flushed([other])
      write({ type: 'step_finished', step: name, events }, all)
      world.results.set(name, text)
      yield 'step_finished.after'
    }
    let isHeld = false
    for (const [index, call] of calls.entries()) {
      const called = toolStepName(step, `${index}`)
      const stands = () => world.state!.steps[called]
      const before = stands()
      if (before && ['done', 'failed', 'unknown'].includes(before.state)) continue
      if (before?.state === 'started' && !isRepeatable(call.onlyReads ? 'read' : 'external')) {
        yield* at('tool_given_up', { type: 'tool_given_up', step: called, events: 1 })
        continue
      }
      if (call.asks && before === undefined) {
        yield* at('approval_requested', { type: 'approval_requested', step: called, events: 1 })
        isHeld = true
        continue
      }
      if (before?.state === 'awaiting' && before.decision === null) {
        isHeld = true
        continue
      }
      if (before?.decision === 'deny') {
        yield* at('tool_finished', { type: 'tool_finished', step: called, ok: false, events: 1 })
        continue
      }
      yield* at('tool_called', { type: 'tool_called', step: called, repeatable: call.onlyReads, events: 1 })
      world.takeEffect(called)
      yield* at('tool_finished', { type: 'tool_finished', step: called, ok: true, events: 1 })
    }
    if (!isHeld) continue
    yield 'waiting.before'
    const refusal = world.commit({ type: 'waiting', epoch })
    if (refusal === 'lease_lost') throw new Lost()
    if (refusal === 'cancelled') return yield* end('cancelled')
    if (refusal === null) return void (yield 'waiting.after')
    // It was decided meanwhile: the round is looked at again.
    step -= 1
  }
  return yield* end('completed')
}

type Boundary = 'tool_called' | 'tool_finished' | 'tool_given_up' | 'approval_requested'
