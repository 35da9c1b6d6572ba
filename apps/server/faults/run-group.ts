import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { standsStill, whereItStands } from './evidence.ts'
import { checkTrial, checkWorld } from './invariants.ts'
import type { Scenario } from './scenario.ts'
import { createTrial } from './trial.ts'
import { createWorld, type Site, type World } from './world.ts'

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
  site: Site
  cluster: Cluster | null
  firstSeed: number
  trials: number
  isFull: boolean
  /** Aborts when the run shall end now. */
  interrupted: AbortSignal
}

/**
 * Runs the trials of a scenario, some at a time, and checks the invariants after each. When it is interrupted it leaves
 * nothing behind, and counts only what was finished.
 */
export async function runGroup(scenario: Scenario, options: GroupOptions): Promise<GroupResult> {
  const startedAt = performance.now()
  const { firstSeed, trials, interrupted } = options
  const failures: Failure[] = []
  let finished = 0
  const seeds = Array.from({ length: trials }, (_, index) => firstSeed + index)
  let shared: World | null = null
  try {
    if (scenario.world === 'shared') shared = await createWorld(options.site, scenario.servers)
    const takeSeeds = async () => {
      for (let seed = seeds.shift(); seed !== undefined && !interrupted.aborted; seed = seeds.shift()) {
        const failure = await runTrial(scenario, options, seed, shared).catch((error: unknown) =>
          brokenOff(seed, error),
        )
        if (failure) failures.push(failure)
        if (!interrupted.aborted) finished += 1
      }
    }
    await Promise.all(Array.from({ length: scenario.parallel ?? 1 }, takeSeeds))
    if (shared && !interrupted.aborted) {
      // Whichever trial it was: none of them can be told to have passed.
      const problems = await checkWorld(shared)
      if (problems.length > 0) failures.push({ seed: firstSeed, problems, log: keepLog(scenario, firstSeed, shared) })
    }
  } catch (error) {
    // Of the world, not of a trial: it could not be made, or not be asked.
    if (!interrupted.aborted) failures.push(brokenOff(firstSeed, error))
  } finally {
    await shared?.[Symbol.asyncDispose]()
  }
  const failedSeeds = new Set(failures.map(({ seed }) => seed))
  const seconds = (performance.now() - startedAt) / 1000
  return { scenario, firstSeed, passed: Math.max(0, finished - failedSeeds.size), failures, seconds }
}

async function runTrial(
  scenario: Scenario,
  { site, cluster, isFull, interrupted }: GroupOptions,
  seed: number,
  shared: World | null,
): Promise<Failure | null> {
  const world = shared ?? (await createWorld(site, scenario.servers))
  const over = new AbortController()
  try {
    const trial = createTrial(world, seed, isFull, over.signal)
    const outcome = await Promise.race([
      scenario
        .run({ ...trial, cluster })
        .then(() => checkTrial(trial))
        .catch((error: unknown) => [...trial.ledger.violations, `the trial broke off: ${describe(error)}`]),
      standsStill(trial),
      aborted(interrupted, over.signal),
    ])
    if (interrupted.aborted) return null
    const isStuck = typeof outcome === 'string'
    const problems = isStuck ? [outcome, ...(await whereItStands(trial))] : outcome
    if (!shared && !isStuck) problems.push(...(await checkWorld(world)))
    return problems.length > 0 ? { seed, problems, log: keepLog(scenario, seed, world) } : null
  } finally {
    over.abort()
    if (!shared) await world[Symbol.asyncDispose]()
  }
}

const brokenOff = (seed: number, error: unknown): Failure => ({ seed, problems: [describe(error)], log: 'none' })

async function aborted(interrupted: AbortSignal, over: AbortSignal): Promise<'interrupted'> {
  if (!interrupted.aborted) await once(interrupted, 'abort', { signal: over })
  return 'interrupted'
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
