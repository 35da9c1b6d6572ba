import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import { checkTrial, checkWorld } from './invariants.ts'
import type { Scenario } from './scenario.ts'
import { createTrial } from './trial.ts'
import { createWorld, type World } from './world.ts'

export interface GroupResult {
  scenario: Scenario
  firstSeed: number
  passed: number
  failures: Failure[]
  seconds: number
}

interface Failure {
  seed: number
  problems: string[]
  /** The file that has what the servers wrote. */
  log: string
}

export interface GroupOptions {
  serverUrl: string
  cluster: Cluster | null
  firstSeed: number
  trials: number
  isFull: boolean
}

/** Longest time that a scenario may take for one trial, in milliseconds. */
const longestTrialMs = 300_000

/** Runs the trials of a scenario, some at a time, and checks the invariants after each. */
export async function runGroup(scenario: Scenario, options: GroupOptions): Promise<GroupResult> {
  const startedAt = performance.now()
  const { firstSeed, trials } = options
  const failures: Failure[] = []
  const seeds = Array.from({ length: trials }, (_, index) => firstSeed + index)
  const shared = scenario.world === 'shared' ? await createWorld(options.serverUrl, scenario.servers) : null
  try {
    const takeSeeds = async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const failure = await runTrial(scenario, options, seed, shared)
        if (failure) failures.push(failure)
      }
    }
    await Promise.all(Array.from({ length: scenario.parallel ?? 1 }, takeSeeds))
    if (shared) {
      // Whichever trial it was: none of them can be told to have passed.
      const problems = await checkWorld(shared)
      if (problems.length > 0) failures.push({ seed: firstSeed, problems, log: keepLog(scenario, firstSeed, shared) })
    }
  } finally {
    await shared?.[Symbol.asyncDispose]()
  }
  const failedSeeds = new Set(failures.map(({ seed }) => seed))
  const seconds = (performance.now() - startedAt) / 1000
  return { scenario, firstSeed, passed: trials - failedSeeds.size, failures, seconds }
}

async function runTrial(
  scenario: Scenario,
  { serverUrl, cluster, isFull }: GroupOptions,
  seed: number,
  shared: World | null,
): Promise<Failure | null> {
  const world = shared ?? (await createWorld(serverUrl, scenario.servers))
  try {
    const trial = createTrial(world, seed, isFull)
    const tooLong = new AbortController()
    const problems = await Promise.race([
      scenario
        .run({ ...trial, cluster })
        .then(() => checkTrial(trial))
        .catch((error: unknown) => [...trial.ledger.violations, `the trial broke off: ${describe(error)}`]),
      sleep(longestTrialMs, ['the trial did not end'], { signal: tooLong.signal, ref: false }),
    ])
    tooLong.abort()
    if (!shared) problems.push(...(await checkWorld(world)))
    return problems.length > 0 ? { seed, problems, log: keepLog(scenario, seed, world) } : null
  } finally {
    if (!shared) await world[Symbol.asyncDispose]()
  }
}

function keepLog({ name }: Scenario, seed: number, { servers }: World): string {
  const file = join(mkdtempSync(join(tmpdir(), 'kickstartmyai-faults-log-')), `${name}-${seed}.log`)
  writeFileSync(file, servers.map((server, index) => `== server ${index}\n${server.output()}\n`).join('\n'))
  return file
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = error.stack?.split('\n').find((line) => line.includes('/faults/scenarios/'))
  return `${error.message}${place ? ` (${place.trim()})` : ''}`
}
