import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

import { createPostgresTestDatabase } from '@kickstartmyai/db/testing'
import { startChild } from './child.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { beginExecutions, cancelExecutions, type FollowedExecution } from './followers-executions.ts'
import { residentKilobytes } from './followers-memory.ts'
import { closeAgent, openFollowers } from './followers-open.ts'

/**
 * `node apps/server/bench/followers.ts`: what a follower costs over plain server-sent events and over a tRPC subscription,
 * idle (memory, processor) and live (processor time an event). `--idle 1000 --live 100` are the numbers of followers; `--postgres
 * <url>` takes the database's work out of the server's process. Linux only.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    idle: { type: 'string', default: '1000' },
    live: { type: 'string', default: '100' },
    postgres: { type: 'string' },
  },
})
const [idle, live] = [Number(values.idle), Number(values.live)]
/** A server has many people. */
const followersPerPerson = 200
const people = Math.ceil(Math.max(idle, live) / followersPerPerson)
const modelServer = join(
  createRequire(import.meta.url).resolve('@kickstartmyai/ai/testing'),
  '..',
  'model-server',
  'main.ts',
)
const collector = pathToFileURL(join(import.meta.dirname, 'followers-gc.ts')).href

const ways = {
  'plain SSE': ({ id }: FollowedExecution) => `/api/v1/executions/${id}/events`,
  'tRPC subscription': ({ id }: FollowedExecution) =>
    `/trpc/executions.follow?input=${encodeURIComponent(JSON.stringify({ executionId: id }))}`,
}

const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-bench-'))
const database = values.postgres === undefined ? null : await createPostgresTestDatabase(values.postgres)
try {
  await using models = await startChild(modelServer, ['--port', '0'])
  console.log(
    '| way | memory of an idle follower, KB | CPU of 1,000 idle, % of a core | events/s a core | CPU µs an event |',
  )
  console.log('|---|---:|---:|---:|---:|')
  // A server of its own for each: what one way has left behind is not the other's.
  for (const [name, pathOf] of Object.entries(ways)) {
    await using server = await startChild(join(import.meta.dirname, '..', 'src', 'main.ts'), [], {
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      AUTH_SECRET: 'a secret for benchmarks, long enough for any',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: `${models.url}/v1`,
      NODE_OPTIONS: `--expose-gc --import=${collector}`,
      ...(database && { DATABASE_URL: database.url }),
    })
    const { kilobytes, percent } = await costOfIdle(server, pathOf)
    const microseconds = await costOfEvent(server, pathOf)
    const cells = [kilobytes.toFixed(0), percent.toFixed(0), Math.round(1e6 / microseconds), microseconds.toFixed(1)]
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
} finally {
  closeAgent()
  await database?.close()
  rmSync(dataDir, { recursive: true, force: true })
}

type PathOf = (execution: FollowedExecution) => string

interface Server {
  url: string
  pid: number
}

async function costOfIdle(server: Server, pathOf: PathOf) {
  const executions = await beginExecutions(server.url, people, 'Wait. [[stall after 1]]')
  // The first followers pay for what is compiled and allocated once.
  const first = await openFollowers(server.url, executions, Math.ceil(idle / 5), pathOf)
  await sleep(2000)
  for (const stream of first) stream.destroy()
  await sleep(2000)
  const before = await residentKilobytes(server.pid)
  const streams = await openFollowers(server.url, executions, idle, pathOf)
  await sleep(1000)
  const [startedAt, cpuBefore] = [performance.now(), cpuSeconds(server.pid)]
  await sleep(5000)
  const cores = (cpuSeconds(server.pid) - cpuBefore) / ((performance.now() - startedAt) / 1000)
  const after = await residentKilobytes(server.pid)
  for (const stream of streams) stream.destroy()
  await cancelExecutions(server.url, executions)
  return { kilobytes: (after - before) / idle, percent: (cores * 100 * 1000) / idle }
}

async function costOfEvent(server: Server, pathOf: PathOf): Promise<number> {
  const speak = '[[tokens 500]] [[pace 20]]'
  const run = async (followers: number) => {
    let events = 0
    const executions = await beginExecutions(server.url, people, speak)
    const before = cpuSeconds(server.pid)
    const streams = await openFollowers(server.url, executions, followers, pathOf, () => (events += 1))
    await Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('close', resolve))))
    return { events, cpu: cpuSeconds(server.pid) - before }
  }
  // One follower an execution is what the executions cost; the rest is what following costs.
  const base = await run(people)
  const full = await run(live + people)
  return ((full.cpu - base.cpu) / (full.events - base.events)) * 1e6
}
