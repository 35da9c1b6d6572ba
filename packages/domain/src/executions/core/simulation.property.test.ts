import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '../../testing/property-runs.ts'
import { type FailPoint, failPoints } from '../fail-points.ts'
import { leaseMs, simulateProcess } from './testing/simulated-engine.ts'
import { type SimulatedRound, SimulatedWorld } from './testing/simulated-world.ts'

/** Passed where somebody asks for something, not by a process that runs an execution. */
const outside = new Set<FailPoint>(
  (['send', 'cancel', 'approval_decided'] as const).flatMap((name) => [`${name}.before`, `${name}.after`] as const),
)
const insidePoints = failPoints.filter((point) => !outside.has(point))

type Action =
  | { type: 'go'; process: number; order: 'go' | 'drain' }
  | { type: 'crash'; process: number }
  | { type: 'crash_at'; point: FailPoint }
  | { type: 'beat'; process: number }
  | { type: 'elapse'; ms: number }
  | { type: 'cancel' }
  | { type: 'decide'; step: string; decision: 'approve' | 'deny' }

interface Running {
  owner: string
  life: ReturnType<typeof simulateProcess>
  at: FailPoint
}

/** Plays processes that are driven in any order, paused and killed; gives the points at which one has died. */
function play(world: SimulatedWorld, script: readonly SimulatedRound[], actions: readonly Action[]): Set<FailPoint> {
  const died = new Set<FailPoint>()
  const slots = new Map<number, Running>()
  let started = 0
  const begin = () => {
    const owner = `process ${++started}`
    const life = simulateProcess(world, owner, script)
    const first = life.next('go')
    return first.done ? null : { owner, life, at: first.value }
  }
  for (const action of actions) {
    world.now += 1
    switch (action.type) {
      case 'go': {
        const running = slots.get(action.process) ?? begin()
        if (!running) break
        const next = running.life.next(action.order)
        if (next.done) slots.delete(action.process)
        else slots.set(action.process, { ...running, at: next.value })
        break
      }
      case 'crash': {
        const victim = slots.get(action.process)
        if (victim) died.add(victim.at)
        slots.delete(action.process)
        break
      }
      case 'crash_at': {
        world.now += 2 * leaseMs
        const victim = begin()
        if (victim && dieAt(victim, action.point)) died.add(action.point)
        break
      }
      case 'beat': {
        const owner = slots.get(action.process)?.owner
        if (world.state && world.state.owner === owner)
          world.commit({ type: 'heartbeat', epoch: world.state.epoch, leaseMs })
        break
      }
      case 'elapse':
        world.now += action.ms
        break
      case 'cancel':
        if (world.commit({ type: 'cancel' }) === null && world.isOver) tellCancelled(world)
        break
      case 'decide':
        decide(world, action.step, action.decision)
    }
  }
  return died
}

/** Goes on to a fail-point and no further; gives whether it came there. */
function dieAt({ life, at }: Running, point: FailPoint): boolean {
  // Told to drain on the way to a release, and nowhere else.
  const order = point.startsWith('release') ? 'drain' : 'go'
  for (let next = at; next !== point;) {
    const step = life.next(order)
    if (step.done) return false
    next = step.value
  }
  return true
}

/** What ends at once, and what is decided while it waits, is told by whoever asked for it. */
function tellCancelled({ log, state }: SimulatedWorld): void {
  log.push({ epoch: state!.epoch, told: { type: 'other' } })
}

function decide(world: SimulatedWorld, step: string, decision: 'approve' | 'deny'): void {
  // Nobody is shown a question that was not asked.
  if (world.state?.steps[step]?.state !== 'awaiting') return
  const before = world.state.lastSeq
  world.commit({ type: 'approval_decided', step, decision })
  if (world.state.lastSeq > before) world.log.push({ epoch: world.state.epoch, told: { type: 'other' } })
}

/** From here on nothing goes wrong: so often may a process be taken up by another before it is over. */
function letItEnd(world: SimulatedWorld, script: readonly SimulatedRound[]): void {
  for (let round = 0; round < 20 && !world.isOver; round++) {
    world.now += 2 * leaseMs
    for (const step of Object.keys(world.state!.steps)) decide(world, step, 'approve')
    const life = simulateProcess(world, `last ${round}`, script)
    while (!life.next('go').done) world.now += 1
  }
}

function expectInvariants(world: SimulatedWorld, rounds: readonly SimulatedRound[]): void {
  const { state, log, effects, answers, blunders } = world
  expect(world.isOver).toBe(true)
  expect(blunders).toEqual([])
  expect(log).toHaveLength(state!.lastSeq)
  expect(log.map(({ epoch }) => epoch)).toEqual(log.map(({ epoch }) => epoch).toSorted((a, b) => a - b))
  for (const [step, times] of effects) {
    const [, round, index] = step.split(':').map(Number)
    if (!rounds[round!]?.calls[index!]?.onlyReads) expect(times).toBe(1)
  }
  expect(answers.length).toBeLessThanOrEqual(1)
  if (state!.status === 'completed') expect(answers).toEqual([foldText(world)])
}

/** The text that a follower has after all events: an attempt takes back what an earlier one had told of the step. */
function foldText(world: SimulatedWorld): string {
  let text = ''
  const lengths = new Map<number, number>()
  for (const { told } of world.log) {
    if (told.type === 'attempt') {
      text = text.slice(0, lengths.get(told.step) ?? text.length)
      lengths.set(told.step, text.length)
    } else if (told.type === 'text') text += told.text
  }
  return text
}

const call = fc.record({ onlyReads: fc.boolean(), asks: fc.boolean() })
const script = fc
  .tuple(
    fc.array(fc.record({ pieces: fc.nat({ max: 3 }), calls: fc.array(call, { minLength: 1, maxLength: 3 }) }), {
      maxLength: 3,
    }),
    fc.record({ pieces: fc.integer({ min: 1, max: 3 }), calls: fc.constant([]) }),
  )
  .map(([rounds, last]) => [...rounds, last])
const aProcess = fc.nat({ max: 2 })
const go = fc.record({
  type: fc.constant('go' as const),
  process: aProcess,
  order: fc.constantFrom('go' as const, 'go' as const, 'go' as const, 'drain' as const),
})
const action: fc.Arbitrary<Action> = fc.oneof(
  { arbitrary: go, weight: 12 },
  fc.record({ type: fc.constant('crash' as const), process: aProcess }),
  fc.record({ type: fc.constant('crash_at' as const), point: fc.constantFrom(...insidePoints) }),
  fc.record({ type: fc.constant('beat' as const), process: aProcess }),
  fc.record({ type: fc.constant('elapse' as const), ms: fc.constantFrom(leaseMs / 2, 2 * leaseMs) }),
  { arbitrary: fc.constant({ type: 'cancel' as const }), weight: 1 },
  fc.record({
    type: fc.constant('decide' as const),
    step: fc.constantFrom('tool:0:0', 'tool:0:1', 'tool:1:0'),
    decision: fc.constantFrom('approve' as const, 'deny' as const),
  }),
)

test.each(insidePoints)('a process that dies at %s leaves what another can end', (point) => {
  const free = { onlyReads: false, asks: false }
  const rounds = [
    { pieces: 1, calls: [free, { ...free, asks: !point.startsWith('end') }] },
    { pieces: 1, calls: [] },
  ]
  // A call is given up by the one that comes after the one that has begun it.
  const before: Action[] = point.startsWith('tool_given_up') ? [{ type: 'crash_at', point: 'tool_called.after' }] : []
  const world = new SimulatedWorld()
  world.commit({ type: 'send', claimant: null })
  expect(play(world, rounds, [...before, { type: 'crash_at', point }])).toContain(point)
  letItEnd(world, rounds)
  expectInvariants(world, rounds)
  expect(world.state).toMatchObject({ status: 'completed' })
})

test('an execution ends, once and whole, wherever processes die or pause', () => {
  fc.assert(
    fc.property(script, fc.array(action, { maxLength: 80, size: 'max' }), (rounds, actions) => {
      const world = new SimulatedWorld()
      world.commit({ type: 'send', claimant: null })
      play(world, rounds, actions)
      letItEnd(world, rounds)

      expectInvariants(world, rounds)
    }),
    propertyRuns(3000),
  )
})
