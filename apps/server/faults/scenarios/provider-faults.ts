import { providers } from '../person.ts'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say } from '../trial.ts'

/** What the vendor does, and how the execution has to end: `completed`, or the code of its error. */
const faults: readonly [directive: string, end: string][] = [
  ['[[status 429 retry-after=1 times=2]]', 'completed'],
  ['[[status 429 times=1]] [[tool calculator {"expression":"2*21"}]]', 'completed'],
  ['[[status 500 times=1]]', 'completed'],
  ['[[status 503 times=2]]', 'completed'],
  ['[[status 529 times=1]]', 'completed'],
  ['[[status 400]]', 'MODEL_REJECTED_REQUEST'],
  ['[[status 401]]', 'MODEL_AUTH_FAILED'],
  ['[[status 403]]', 'MODEL_AUTH_FAILED'],
  ['[[quota]]', 'MODEL_QUOTA_EXCEEDED'],
  ['[[overflow]]', 'MODEL_CONTEXT_OVERFLOW'],
  ['[[cut 5]]', 'MODEL_STREAM_CUT'],
  ['[[cut 20]]', 'MODEL_STREAM_CUT'],
  ['[[error-event 5]]', 'any'],
  ['[[malformed 5]]', 'MODEL_MALFORMED'],
  ['[[refuse]]', 'any'],
  ['[[split]]', 'completed'],
  ['[[unknown-events]]', 'completed'],
  ['[[reasoning]]', 'completed'],
]
/** These take as long as the patience of the server, a minute. */
const slowFaults: readonly [string, string][] = [
  ['[[empty]]', 'MODEL_EMPTY'],
  ['[[status 500]]', 'MODEL_UNAVAILABLE'],
  ['[[stall before]]', 'MODEL_STALLED'],
  ['[[stall after 5]]', 'MODEL_STALLED'],
]

export const providerFaults: Scenario = {
  name: 'provider-faults',
  survives:
    'everything that a vendor does wrong, from both vendors: retried, or told with its reason, never empty success',
  trials: { quick: faults.length * 2, full: (faults.length + slowFaults.length) * 2 * 3 },
  parallel: 12,
  world: 'shared',
  async run(trial) {
    const { world, seed, isFull, random } = trial
    const all = isFull ? [...faults, ...slowFaults] : faults
    const [directive, end] = all[Math.floor(seed / 2) % all.length]!
    const url = () => random.pick(world.servers).url
    const person = await aPerson(trial, url())
    const { executionId } = await say(trial, person, person.at(url()), directive, { provider: providers[seed % 2]! })
    await Promise.all([follow(trial, person.at(url()), executionId), followPlainly(trial, person, url, executionId)])
    const execution = await person.at(url()).executions.get({ executionId })
    const is = execution.error?.code ?? execution.status
    expectThat(trial, `${directive} ends ${end}, it ended ${is}`, end === 'any' ? is !== 'running' : is === end)
  },
}
