import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Cluster, postgresPrograms, startCluster } from './cluster.ts'
import { makeCompileCache } from './compile-cache.ts'
import { type GroupResult, runGroup } from './run-group.ts'
import type { Scenario } from './scenario.ts'
import { scenarios } from './scenarios/index.ts'

const { values } = parseArgs({
  // pnpm hands its own `--` on.
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    full: { type: 'boolean', default: false },
    scenario: { type: 'string' },
    seed: { type: 'string' },
    trials: { type: 'string' },
    report: { type: 'string' },
  },
})

/** `pnpm test:faults [--full] [--scenario NAME,…] [--seed N [--trials N]]`: see docs/FAULTS.md. */
async function main(interrupted: AbortSignal): Promise<void> {
  const wanted = values.scenario?.split(',')
  const chosen = scenarios.filter(({ name }) => !wanted || wanted.includes(name))
  const unknown = wanted?.filter((name) => !chosen.some((scenario) => scenario.name === name)) ?? []
  if (unknown.length > 0) throw new Error(`There is no scenario ${unknown.join(', ')}.\n${list()}`)
  const firstSeed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000_000) : Number(values.seed)
  const trialsOf = ({ trials }: Scenario) =>
    Number(values.trials ?? (values.seed === undefined ? trials[values.full ? 'full' : 'quick'] : 1))
  console.log(`Fault suite, ${values.full ? 'full' : 'quick'} form; first seed ${firstSeed}\n`)

  const programs = postgresPrograms()
  await using stack = new AsyncDisposableStack()
  const { folder: compileCache } = stack.use(await makeCompileCache(interrupted))
  const cluster = programs ? stack.use(await startCluster(programs)) : null
  const serverUrl = cluster?.url ?? process.env['TEST_DATABASE_URL']
  if (!serverUrl) throw new Error('It needs PostgreSQL: its server programs, or a server named by TEST_DATABASE_URL.')

  const results: GroupResult[] = []
  const skipped: Scenario[] = []
  const runOne = async (scenario: Scenario) => {
    if (scenario.needsCluster && !programs) {
      skipped.push(scenario)
      console.log(`skip  ${scenario.name}: no PostgreSQL server programs`)
      return
    }
    await using own: Cluster | null = scenario.needsCluster ? await startCluster(programs!) : null
    const result = await runGroup(scenario, {
      site: { serverUrl: own?.url ?? serverUrl, compileCache },
      cluster: own,
      firstSeed,
      trials: trialsOf(scenario),
      isFull: values.full,
      interrupted,
    })
    results.push(result)
    console.log(describe(result))
  }
  // Those that wait most begin first.
  const light = chosen
    .filter(({ isHeavy }) => !isHeavy)
    .toSorted((one, other) => Number(other.world === 'own') - Number(one.world === 'own'))
  const heavy = chosen.filter(({ isHeavy }) => isHeavy)
  await Promise.all(
    Array.from({ length: groupsAtATime }, async () => {
      for (let next = light.shift(); next && !interrupted.aborted; next = light.shift()) await runOne(next)
    }),
  )
  for (const scenario of heavy) if (!interrupted.aborted) await runOne(scenario)

  const passed = results.reduce((sum, result) => sum + result.passed, 0)
  const failed = results.reduce((sum, result) => sum + result.failures.length, 0)
  if (skipped.length > 0) console.log(`\n${skipped.length} scenarios skipped: no PostgreSQL server programs`)
  if (values.report) writeFileSync(values.report, JSON.stringify({ numPassedTests: passed, numFailedTests: failed }))
  console.log(`\n${describeSlowest(results)}`)
  console.log(`\n${passed} passed, ${failed} failed${interrupted.aborted ? ', interrupted' : ''}`)
  process.exitCode = failed === 0 && passed > 0 && !interrupted.aborted ? 0 : 1
}

/** Aborts at the first signal: what was started is stopped, what was made is removed. At the second it ends at once. */
function interruption(): AbortSignal {
  const interrupted = new AbortController()
  const interrupt = (signal: NodeJS.Signals) => {
    if (interrupted.signal.aborted) process.exit(1)
    console.log(`\n${signal}: cleaning up; once more ends it at once`)
    interrupted.abort(new Error('The fault suite was interrupted.'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt)
  return interrupted.signal
}

const describeSlowest = (results: readonly GroupResult[]) =>
  `slowest: ${results
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, 5)
    .map(({ scenario, seconds }) => `${scenario.name} ${seconds.toFixed(0)} s`)
    .join(', ')}`

/** Most of a trial is waiting: for a lease to run out, for a server to start. */
const groupsAtATime = 4
/** Of a group that failed. */
const mostDescribed = 3

function describe({ scenario, firstSeed, passed, failures, seconds }: GroupResult): string {
  const count = passed + failures.length
  const verdict = failures.length > 0 ? 'FAIL' : count > 0 ? 'ok  ' : 'none'
  const head = `${verdict}  ${scenario.name.padEnd(28)} ${String(count).padStart(4)} trials`
  const seeds = `seeds ${firstSeed}–${firstSeed + count - 1}`
  const bad = failures
    .slice(0, mostDescribed)
    .map(
      ({ seed, problems, log }) =>
        `      pnpm test:faults${values.full ? ' --full' : ''} --scenario ${scenario.name} --seed ${seed}\n` +
        [...problems.slice(0, 10), `the servers' output: ${log}`].map((problem) => `        ${problem}\n`).join(''),
    )
  if (failures.length > mostDescribed) bad.push(`      … and ${failures.length - mostDescribed} more failed\n`)
  return `${head}  ${seeds}  ${seconds.toFixed(1)} s\n${bad.join('')}`.trimEnd()
}

const list = () => scenarios.map(({ name, survives }) => `  ${name.padEnd(28)} ${survives}`).join('\n')

const interrupted = interruption()
await main(interrupted).catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
process.exit()
