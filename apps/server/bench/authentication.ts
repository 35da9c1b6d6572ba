import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Child, startChild } from './child.ts'
import { cpuSeconds } from './cpu-seconds.ts'
import { call } from './post.ts'

/**
 * What authentication and policy cost: two lists, asked by 32 readers at once, beside the same server without the check; and
 * for how long the event loop stands still while 50 people sign in at once. Set TEST_DATABASE_URL for PostgreSQL.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
})
const readers = 32

interface Round {
  perSecond: number
  p50: number
  p95: number
  cpuMsPer1000: number
}

async function ask(server: Child, token: string, path: string, seconds: number): Promise<Round> {
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  const before = cpuSeconds(server.pid)
  const startedAt = performance.now()
  const read = async () => {
    while (performance.now() < until) {
      const askedAt = performance.now()
      await call('GET', `${server.url}/api/v1${path}`, { token })
      times.push(performance.now() - askedAt)
    }
  }
  await Promise.all(Array.from({ length: readers }, read))
  const took = (performance.now() - startedAt) / 1000
  times.sort((a, b) => a - b)
  const at = (q: number) => times[Math.floor(times.length * q)] ?? Number.NaN
  const cpuMsPer1000 = ((cpuSeconds(server.pid) - before) * 1e6) / times.length
  return { perSecond: times.length / took, p50: at(0.5), p95: at(0.95), cpuMsPer1000 }
}

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

const start = (mode: string) =>
  startChild(join(import.meta.dirname, 'authentication-server.ts'), [mode], { ...process.env })
await using checked = await start('checked')
await using open = await start('open')

async function signIn(server: Child, name: string): Promise<string> {
  const body = { email: `${name}@example.com`, password: 'a long password' }
  const answer = await call('POST', `${server.url}/api/v1/auth/login`, { body })
  return (JSON.parse(answer) as { accessToken: string }).accessToken
}
const tokens = new Map([
  [checked, await signIn(checked, 'reader')],
  [open, await signIn(open, 'reader')],
])

console.log(`${readers} readers, median of ${values.rounds} rounds that take turns.\n`)
console.log('| list | server | requests/s | p50 / p95, ms | CPU ms per 1,000 requests |')
console.log('|---|---|---:|---:|---:|')
for (const path of ['/agents', '/conversations']) {
  const rounds = new Map<Child, Round[]>([
    [checked, []],
    [open, []],
  ])
  for (const [server, token] of tokens) await ask(server, token, path, 1)
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [server, token] of tokens)
      rounds.get(server)?.push(await ask(server, token, path, Number(values.seconds)))
  }
  const ours = rounds.get(checked) ?? []
  const bare = rounds.get(open) ?? []
  const of = (all: Round[], name: keyof Round) => median(all.map((round) => round[name]))
  for (const [name, all] of [
    ['checked', ours],
    ['open', bare],
  ] as const) {
    const latency = `${of(all, 'p50').toFixed(1)} / ${of(all, 'p95').toFixed(1)}`
    console.log(
      `| ${path} | ${name} | ${of(all, 'perSecond').toFixed(0)} | ${latency} | ${of(all, 'cpuMsPer1000').toFixed(0)} |`,
    )
  }
  const ratio = (name: keyof Round) => (of(ours, name) / of(bare, name)).toFixed(2)
  console.log(`| ${path} | ratio | | ${ratio('p50')} / ${ratio('p95')} | ${ratio('cpuMsPer1000')} |`)
}

await call('GET', `${checked.url}/bench/delay`, {})
const startedAt = performance.now()
const settled = await Promise.allSettled(Array.from({ length: 50 }, (_, person) => signIn(checked, `person${person}`)))
const done = settled.filter(({ status }) => status === 'fulfilled').length
const took = performance.now() - startedAt
const delay = JSON.parse(await call('GET', `${checked.url}/bench/delay`, {})) as {
  p50: number
  p99: number
  max: number
}
console.log(
  `\n${done} of 50 sign-ins at once took ${took.toFixed(0)} ms; meanwhile the event loop was late by ` +
    `${delay.p50.toFixed(1)} ms (p50), ${delay.p99.toFixed(1)} ms (p99), ${delay.max.toFixed(1)} ms at most.`,
)
