import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { postgresPrograms, startCluster } from '../faults/cluster.ts'
import { makeCompileCache } from '../faults/compile-cache.ts'
import { newPerson } from '../faults/person.ts'
import { followRaw } from '../faults/raw-follower.ts'
import { createWorld } from '../faults/world.ts'
import { peakMegabytes } from './peak-megabytes.ts'
import { quantile } from './quantiles.ts'

/**
 * `pnpm bench:replay`: what it takes to follow an execution that is over from its first event, over plain server-sent
 * events, on a server that did not run it: the time, and how much the server grows meanwhile. `--events 5000`. It needs
 * PostgreSQL's server programs, or `--postgres <url>`. Linux only.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { events: { type: 'string', default: '5000' }, postgres: { type: 'string' } },
})

async function main(): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const programs = postgresPrograms()
  if (!values.postgres && !programs)
    throw new Error("PostgreSQL's server programs are not here: name a --postgres <url>.")
  const serverUrl = values.postgres ?? stack.use(await startCluster(programs!)).url
  const { folder: compileCache } = stack.use(await makeCompileCache(new AbortController().signal))
  // A process with a small heap, so that garbage does not pass for what is needed.
  const env = { NODE_OPTIONS: '--max-old-space-size=256' }
  const world = stack.use(await createWorld({ serverUrl, compileCache }, { env }))
  const [first, second] = world.servers
  const person = await newPerson(world, first!.url)
  const { id: conversationId } = await person.at(first!.url).conversations.create({ agentId: person.agents.openai })
  // One by one: what a model says at once becomes one event.
  const content = `[[tokens ${values.events}]] [[pace 3]]`
  const sent = await person.at(first!.url).conversations.send({ conversationId, content })

  const follow = async (url: string) => {
    const startedAt = performance.now()
    let events = 0
    await followRaw({
      url: () => url,
      token: person.token,
      executionId: sent.execution.id,
      after: 0,
      onEvent: () => void (events += 1),
      signal: new AbortController().signal,
    })
    return { events, ms: performance.now() - startedAt }
  }
  const { events } = await follow(first!.url)
  console.log(`An execution of ${events} events, followed from the first one when it is over.\n`)
  console.log('| followers at once | the last has all after, ms | p50, ms | p95, ms | the server grows by, MB |')
  console.log('|---:|---:|---:|---:|---:|')
  // What is compiled and allocated once is not the followers'.
  for (let times = 0; times < 5; times++) await follow(second!.url)
  for (const followers of [1, 10, 100]) {
    await sleep(1000)
    const before = forgetPeak(second!.pid)
    const each = await Promise.all(Array.from({ length: followers }, () => follow(second!.url)))
    if (each.some((one) => one.events !== events)) throw new Error('a follower did not hear all of them')
    const waits = each.map(({ ms }) => ms)
    const cells = [followers, ...[1, 0.5, 0.95].map((q) => quantile(waits, q))]
    console.log(`| ${cells.join(' | ')} | ${Math.round(peakMegabytes(second!.pid) - before)} |`)
  }
}

/** Lets the highest memory of a process count from now on (proc(5), clear_refs), and gives what it holds now, in MB. */
function forgetPeak(pid: number): number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}

await main()
process.exit()
