import type { Scenario } from '../scenario.ts'
import { anEffect, aPerson, expectThat, follow, followPlainly, say, type Trial } from '../trial.ts'

/** What a tool does, and what has to become of the call. */
const kinds: readonly [name: string, call: (trial: Trial) => string, result: string][] = [
  ['hangs, and heeds its signal', (trial) => anEffect(trial, { takesMs: 600_000 }).directive, 'TIMED_OUT'],
  ['hangs, and is deaf', (trial) => anEffect(trial, { takesMs: 600_000, heedsStop: false }).directive, 'TIMED_OUT'],
  ['floods with 2 MB', (trial) => anEffect(trial, { answerBytes: 2_000_000 }).directive, 'completed'],
  ['is called with nonsense', () => '[[tool effect {"nonsense":true}]]', 'INVALID_INPUT'],
  ['is not there', () => '[[tool nowhere {}]]', 'UNKNOWN_TOOL'],
  [
    'is called twenty times at once',
    (trial) => Array.from({ length: 20 }, () => anEffect(trial, { takesMs: 20 }).directive).join(' '),
    'completed',
  ],
]

export const badTools: Scenario = {
  name: 'tools',
  survives: 'a tool that hangs, floods, is misused or unknown: the model is told, and the answer comes to its end',
  trials: { quick: kinds.length, full: kinds.length * 8 },
  parallel: 3,
  world: 'shared',
  async run(trial) {
    const { world, random, seed } = trial
    const [name, call, result] = kinds[seed % kinds.length]!
    const url = () => random.pick(world.servers).url
    const person = await aPerson(trial, url())
    const { executionId } = await say(trial, person, person.at(url()), `${call(trial)} [[tokens 5]]`)
    const [events] = await Promise.all([
      follow(trial, person.at(url()), executionId),
      followPlainly(trial, person, url, executionId),
    ])
    const results = events.flatMap((event) =>
      event.type === 'tool.failed' ? [event.error.code] : event.type === 'tool.completed' ? ['completed'] : [],
    )
    expectThat(
      trial,
      `a tool that ${name} gives ${result}: ${results.join()}`,
      results.length > 0 && results.every((code) => code === result),
    )
    expectThat(trial, 'the answer completes', events.at(-1)?.type === 'execution.completed')
  },
}
