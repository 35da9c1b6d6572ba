import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say } from '../trial.ts'
import { until } from '../until.ts'

const deadly = { FAIL_POINT: 'tool_called.after=kill' }

export const poison: Scenario = {
  name: 'poison',
  survives: 'an execution that kills every process that takes it is given up, with its reason; others are not harmed',
  trials: { quick: 1, full: 10 },
  parallel: 2,
  world: 'own',
  servers: { replicas: 1, env: deadly },
  async run(trial) {
    const { world } = trial
    const first = world.servers[0]!
    const proxy = await world.proxy(first.url)
    const url = `http://127.0.0.1:${proxy.port}`
    const person = await aPerson(trial, url)
    const { executionId } = await say(trial, person, person.at(url), '[[tool calculator {"expression":"6*7"}]]')
    const followed = Promise.all([
      follow(trial, person.at(url), executionId),
      followPlainly(trial, person, () => url, executionId),
    ])
    let died = 0
    const bury = (server: typeof first) => void server.ended.then((how) => (died += how === 'SIGKILL' ? 1 : 0))
    bury(first)
    for (let deaths = 1; deaths <= 3; deaths++) {
      await until(`${deaths} servers are killed by it`, () => died === deaths)
      const next = await world.start()
      bury(next)
      proxy.target = Number(new URL(next.url).port)
    }
    await followed
    const { status, error, attempts } = await person.at(url).executions.get({ executionId })
    expectThat(trial, `it failed as INTERRUPTED: ${status} ${error?.code}`, error?.code === 'INTERRUPTED')
    expectThat(trial, `the fourth process gave it up: ${attempts}, ${died} died`, attempts === 4 && died === 3)
    const well = await say(trial, person, person.at(url), '[[tokens 5]]')
    const events = await follow(trial, person.at(url), well.executionId)
    expectThat(trial, 'others complete', events.at(-1)?.type === 'execution.completed')
  },
}
