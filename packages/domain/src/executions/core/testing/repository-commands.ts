import { claimExecutions, type ExecutionWrite, releaseLeases, renewLeases, writeExecutions } from '@kickstartmyai/db'
import fc from 'fast-check'
import { expect } from 'vitest'
import { isTerminal } from '@kickstartmyai/contract'
import type { CoreEvent } from '../execution-event.ts'
import type { ExecutionState } from '../execution-state.ts'
import { transition } from '../transition.ts'
import {
  cancel,
  decide,
  elapse,
  readStates,
  type RepositoryWorld,
  send,
  toWrite,
  versionOf,
  wait,
  type WrittenEvent,
} from './repository-world.ts'

/** Far longer than a test takes, so that leases run out only by `Elapse`. */
const leaseMs = 3_600_000
export const conversations = 2
const processes = 3

/** A lease as a process remembers it, whether it still holds or not, with the number of the newest event it wrote. */
interface Remembered {
  execution: number
  epoch: number
  seq: number
}

/** What should be stored, by the core alone. */
export class Model {
  now = 0
  states: ExecutionState[] = []
  /** The conversation of each execution. */
  places: number[] = []
  leases: Remembered[][] = Array.from({ length: processes }, () => [])

  /** Whether the core lets the event happen; if so, it has. */
  apply(execution: number, event: CoreEvent): boolean {
    const outcome = transition(this.states[execution] ?? null, event, this.now)
    if (outcome.accepted) this.states[execution] = outcome.state
    return outcome.accepted
  }

  remember(process: number, execution: number): void {
    const { epoch, lastSeq } = this.states[execution]!
    this.leases[process]!.push({ execution, epoch, seq: lastSeq })
  }

  /** Whether another execution of the same conversation, sent before, is not over. */
  mustQueue(execution: number): boolean {
    return this.states.some(
      ({ status }, other) => other < execution && this.places[other] === this.places[execution] && !isTerminal(status),
    )
  }
}

type Real = RepositoryWorld
type Command = fc.AsyncCommand<Model, Real>

/** Runs a step on both sides and compares everything that is stored. */
const command = (name: string, run: (model: Model, real: Real) => Promise<void>): Command => ({
  check: () => true,
  async run(model, real) {
    // On the database's clock no two commands are at the same moment.
    model.now += 1
    await run(model, real)
    const stored = await readStates(real)
    expect(stored.map(comparable)).toEqual(model.states.map(comparable))
  },
  toString: () => name,
})

/** Leases are compared by whether there is one: the two clocks are not the same. */
const comparable = ({ leaseUntil, ...state }: ExecutionState) => ({ ...state, hasLease: leaseUntil !== null })

/** No deadline and no cap comes in between. */
const claimantOf = (process: number) => ({ owner: `p${process}`, leaseMs, deadlineMs: 3_600_000, runningPerUser: 1000 })

const sends = (place: number, process: number | null, isLate: boolean) =>
  command(`send(${place}, by ${process}${isLate ? ', late' : ''})`, async (model, real) => {
    const conversation = real.conversations[place]!
    const version = await versionOf(real, conversation)
    const execution = model.states.length
    model.places[execution] = place
    const claimant = process === null || model.mustQueue(execution) ? null : claimantOf(process)
    expect(await send(real, conversation, version, claimant)).toBeDefined()
    expect(model.apply(execution, { type: 'send', claimant })).toBe(true)
    if (claimant) model.remember(process!, execution)
    // What was judged by the conversation as it was before is not written.
    if (isLate) expect(await send(real, conversation, version, claimant)).toBeUndefined()
  })

const claims = (process: number, limit: number) =>
  command(`claim(${process}, ${limit})`, async (model, real) => {
    const owner = `p${process}`
    const expected: number[] = []
    for (let n = 0; n < model.states.length && expected.length < limit; n++) {
      if (!model.mustQueue(n) && model.apply(n, { type: 'claim', owner, leaseMs })) expected.push(n)
    }
    const rows = await claimExecutions(real.db, claimantOf(process), limit)
    expect(rows.map(({ id }) => real.sent.indexOf(id)).toSorted((a, b) => a - b)).toEqual(expected)
    for (const n of expected) model.remember(process, n)
  })

const beats = (process: number) =>
  command(`heartbeat(${process})`, async (model, real) => {
    const leases = model.leases[process]!
    const kept = await renewLeases(real.db, leases.map(toLease(real)), leaseMs)
    const expected = leases.filter(({ execution, epoch }) =>
      model.apply(execution, { type: 'heartbeat', epoch, leaseMs }),
    )
    const answers = expected.map((lease) => ({
      ...toLease(real)(lease),
      cancelRequested: model.states[lease.execution]!.cancelRequested,
    }))
    expect(new Set(kept)).toEqual(new Set(answers))
  })

const releases = (process: number) =>
  command(`release(${process})`, async (model, real) => {
    const leases = model.leases[process]!
    await releaseLeases(real.db, leases.map(toLease(real)))
    for (const { execution, epoch } of leases) model.apply(execution, { type: 'release', epoch })
  })

const cancels = (choice: number) =>
  command(`cancel(${choice})`, async (model, real) => {
    if (model.states.length === 0) return
    const execution = choice % model.states.length
    expect(await cancel(real, real.sent[execution]!)).toBe(model.apply(execution, { type: 'cancel' }))
  })

const decides = (choice: number, step: string, decision: 'approve' | 'deny') =>
  command(`decide(${choice}, ${step}, ${decision})`, async (model, real) => {
    if (model.states.length === 0) return
    const execution = choice % model.states.length
    const expected = model.apply(execution, { type: 'approval_decided', step, decision })
    expect(await decide(real, real.sent[execution]!, step, decision)).toBe(expected)
  })

/** Every lease of the process that the core lets begin to wait, or whose refusal the database has to see for itself. */
const waits = (process: number) =>
  command(`wait(${process})`, async (model, real) => {
    for (const lease of model.leases[process]!) {
      const event = { type: 'waiting', epoch: lease.epoch } as const
      const outcome = transition(model.states[lease.execution]!, event, model.now)
      // No process tries this: the loop tells when all that is left is held.
      if (!outcome.accepted && outcome.reason === 'not_ready') continue
      const isTaken = model.apply(lease.execution, event)
      expect(await wait(real, toLease(real)(lease))).toBe(isTaken ? 'waiting' : !outcome.accepted && outcome.reason)
    }
  })

const elapses = (ms: number) =>
  command(`elapse(${ms})`, async (model, real) => {
    model.now += ms
    await elapse(real, ms)
  })

/** Every lease that the process remembers writes, in one statement; `again`: the answer is lost, and it writes twice. */
const writes = (process: number, events: readonly Unaddressed[], again: boolean) =>
  command(`write(${process}, ${JSON.stringify(events)}${again ? ', again' : ''})`, async (model, real) => {
    const attempted: { lease: Remembered; write: ExecutionWrite; isTaken: boolean; event: WrittenEvent }[] = []
    model.leases[process]!.forEach((lease, n) => {
      const event: WrittenEvent = { ...events[n % events.length]!, epoch: lease.epoch }
      const outcome = transition(model.states[lease.execution]!, event, model.now)
      // No process tries this: the steps that it read tell it better.
      if (!outcome.accepted && outcome.reason === 'wrong_step') return
      const write = toWrite(real, real.sent[lease.execution]!, lease.seq, event)
      attempted.push({ lease, write, event, isTaken: model.apply(lease.execution, event) })
    })
    const all = attempted.map(({ write }) => write)
    const taken = await writeExecutions(real.db, all)
    expect(all.map((write) => taken.has(write))).toEqual(attempted.map(({ isTaken }) => isTaken))
    for (const { lease, event, isTaken } of attempted) if (isTaken) lease.seq += event.events
    if (!again) return
    const second = await writeExecutions(real.db, all, { again })
    expect(all.map((write) => second.has(write))).toEqual(
      attempted.map(({ isTaken, event }) => isTaken && event.type !== 'end'),
    )
  })

const toLease =
  ({ sent }: Real) =>
  ({ execution, epoch }: Remembered) => ({ id: sent[execution]!, epoch })

type WithoutEpoch<Event> = Event extends WrittenEvent ? Omit<Event, 'epoch'> : never
type Unaddressed = WithoutEpoch<WrittenEvent>

const process = fc.nat({ max: processes - 1 })
const amount = fc.integer({ min: 0, max: 3 })
const model = fc.constantFrom('model:0', 'model:1')
const tool = fc.constantFrom('tool:0:a', 'tool:0:b')
const status = fc.constantFrom('completed' as const, 'failed' as const, 'cancelled' as const, 'timed_out' as const)
const written: fc.Arbitrary<Unaddressed> = fc.oneof(
  fc.record({ type: fc.constant('flush' as const), events: amount }),
  fc.record({ type: fc.constant('step_finished' as const), step: model, events: amount }),
  fc.record({ type: fc.constant('tool_called' as const), step: tool, repeatable: fc.boolean(), events: amount }),
  fc.record({ type: fc.constant('tool_finished' as const), step: tool, ok: fc.boolean(), events: amount }),
  fc.record({ type: fc.constant('approval_requested' as const), step: tool, events: amount }),
  fc.record({ type: fc.constant('tool_given_up' as const), step: tool, events: amount }),
  fc.record({ type: fc.constant('end' as const), status, events: fc.integer({ min: 1, max: 3 }) }),
)

/** What processes that know nothing of each other may do, in any order. */
export const repositoryCommands = fc.commands(
  [
    fc.tuple(fc.nat({ max: conversations - 1 }), fc.option(process), fc.boolean()).map((args) => sends(...args)),
    fc.tuple(process, fc.integer({ min: 1, max: 3 })).map((args) => claims(...args)),
    process.map(beats),
    process.map(releases),
    fc.nat({ max: 9 }).map(cancels),
    fc
      .tuple(fc.nat({ max: 9 }), tool, fc.constantFrom('approve' as const, 'deny' as const))
      .map((args) => decides(...args)),
    process.map(waits),
    // Two of them are more than a lease, and one is less, by far more than a slow test takes.
    fc.constant(0.6 * leaseMs).map(elapses),
    fc.tuple(process, fc.array(written, { minLength: 1, maxLength: 3 }), fc.boolean()).map((args) => writes(...args)),
    fc.tuple(process, fc.array(written, { minLength: 1, maxLength: 3 }), fc.boolean()).map((args) => writes(...args)),
  ],
  { maxCommands: 40, size: 'max' },
)

const ask = (step: string) => writes(0, [{ type: 'approval_requested', step, events: 1 }], false)

/** Where a run begins: states that take many commands in the right order, which would seldom come up by themselves. */
export const openings = fc.constantFrom<Command[]>(
  [],
  [sends(0, 0, false), writes(0, [{ type: 'tool_called', step: 'tool:0:a', repeatable: false, events: 1 }], false)],
  [sends(0, 0, false), ask('tool:0:a'), ask('tool:0:b')],
  [sends(0, 0, false), ask('tool:0:a'), ask('tool:0:b'), waits(0)],
)
