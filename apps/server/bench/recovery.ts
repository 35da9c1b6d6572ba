import { parseArgs } from 'node:util'
import { postgresPrograms, startCluster } from '../faults/cluster.ts'
import { makeCompileCache } from '../faults/compile-cache.ts'
import { createWorld } from '../faults/world.ts'
import { quantile } from './quantiles.ts'
import { measureRound, type Recovered } from './recovery-round.ts'

/**
 * `pnpm bench:recovery`: how long a reader waits for the next event when the server that answers is killed (kill -9), and
 * when it is sent home (SIGTERM). `--rounds 3` servers go each way, with `--streams 4` under way on each; `--full` is ten
 * of them. It needs PostgreSQL's server programs, or `--postgres <url>`. Linux only.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    rounds: { type: 'string' },
    streams: { type: 'string', default: '4' },
    full: { type: 'boolean', default: false },
    postgres: { type: 'string' },
  },
})
const rounds = Number(values.rounds ?? (values.full ? 10 : 3))

async function main(): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const programs = postgresPrograms()
  if (!values.postgres && !programs)
    throw new Error("PostgreSQL's server programs are not here: name a --postgres <url>.")
  const serverUrl = values.postgres ?? stack.use(await startCluster(programs!)).url
  const { folder: compileCache } = stack.use(await makeCompileCache(new AbortController().signal))
  const world = stack.use(await createWorld({ serverUrl, compileCache }))
  const heirs = [...world.servers]

  console.log('| the server | what is waited for | waits | p50, ms | p95, ms | p99, ms | longest, ms |')
  console.log('|---|---|---:|---:|---:|---:|---:|')
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const all: Recovered = { event: [], word: [], client: [] }
    for (let round = 0; round < rounds; round++) {
      const victim = await world.start()
      const measured = await measureRound(world, { heirs, victim, signal, streams: Number(values.streams) })
      for (const name of ['event', 'word', 'client'] as const) all[name].push(...measured[name])
    }
    const name = signal === 'SIGKILL' ? 'is killed' : 'is sent home'
    console.log(row(name, 'the next event, on another server', all.event))
    console.log(row(name, 'the next word, on another server', all.word))
    console.log(row(name, 'the next word, by the typed client on this one', all.client))
  }
}

function row(server: string, what: string, waits: readonly number[]): string {
  const cells = [0.5, 0.95, 0.99, 1].map((q) => quantile(waits, q))
  return `| ${[server, what, waits.length, ...cells].join(' | ')} |`
}

await main()
process.exit()
