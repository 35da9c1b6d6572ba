import { join } from 'node:path'
import type { ServerProcess } from '../../test/server-process.ts'
import type { Scenario } from '../scenario.ts'
import { expectThat } from '../trial.ts'

export const embedded: Scenario = {
  name: 'embedded-directory',
  survives:
    'several processes start on one data directory: one runs, the others are refused; after kill -9 the next may',
  trials: { quick: 1, full: 10 },
  world: 'own',
  servers: { replicas: 0 },
  async run(trial) {
    const { world } = trial
    const start = () => world.start({ DATABASE_URL: undefined, DATA_DIR: join(world.folder, 'embedded') })
    const outcomes = await Promise.allSettled([start(), start(), start()])
    const started = outcomes.flatMap((outcome): ServerProcess[] =>
      outcome.status === 'fulfilled' ? [outcome.value] : [],
    )
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
    expectThat(trial, `one of three runs, ${started.length} do`, started.length === 1)
    const inWords = refused.every((reason) => reason.includes('in use by another KickStartMyAI process'))
    expectThat(trial, `the others are told why: ${refused.join()}`, inWords)
    await started[0]?.stop('SIGKILL')
    const next = await start()
    const { status } = await fetch(`${next.url}/health/ready`)
    expectThat(trial, `the next one is ready: ${status}`, status === 200)
  },
}
