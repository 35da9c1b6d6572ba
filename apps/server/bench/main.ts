import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bare } from './bare.ts'
import { startChild } from './child.ts'
import { kickStartMyAI } from './kickstartmyai.ts'
import { measure } from './measure.ts'
import { measureToolRounds } from './measure-tool-rounds.ts'
import { passThrough } from './pass-through.ts'
import type { Subject } from './subject.ts'

/**
 * `pnpm bench`: what this product adds to a bare pass-through, measured beside it in the same run. `--streams 1,100,500`
 * names the loads; `--postgres <url>` measures on a PostgreSQL server too; `--only bare,postgres` names the servers to
 * measure, of `pass-through`, `embedded`, `bare` and `postgres`. Linux only.
 */
const { values } = parseArgs({
  // pnpm hands its own separator on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    streams: { type: 'string', default: '1,100,500' },
    postgres: { type: 'string' },
    only: { type: 'string' },
  },
})
const loads = values.streams.split(',').map(Number)
const modelServer = join(
  createRequire(import.meta.url).resolve('@kickstartmyai/ai/testing'),
  '..',
  'model-server',
  'main.ts',
)

await using models = await startChild(modelServer, ['--port', '0'])
const { postgres } = values
const all: Record<string, () => Promise<Subject>> = {
  'pass-through': () => passThrough(models.url),
  embedded: () => kickStartMyAI(models.url, null),
  ...(postgres !== undefined && {
    bare: () => bare(models.url, postgres),
    postgres: () => kickStartMyAI(models.url, postgres),
  }),
}
const only = values.only?.split(',') ?? Object.keys(all)
const starts = Object.entries(all).filter(([name]) => only.includes(name))
if (postgres === undefined) console.log('No --postgres <url>: the rows on PostgreSQL are left out.\n')

console.log('Streams of 100 tokens at 20 ms a token, all started within a second.\n')
console.log(
  '| streams | server | first token p50 / p95, ms | token delay p50 / p95 / p99, ms | tokens/s | CPU ms per 1,000 tokens | … of the database | … of the model server | … of the generator | peak MB |',
)
console.log('|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|')
const toolRounds: string[] = []
for (const [, start] of starts) {
  await using subject = await start()
  await measure(subject, 5, models.pid)
  for (const load of loads) {
    const result = await measure(subject, load, models.pid)
    const cells = [
      load,
      subject.name,
      `${result.firstTokenP50.toFixed(1)} / ${result.firstTokenP95.toFixed(1)}`,
      `${result.delayP50.toFixed(1)} / ${result.delayP95.toFixed(1)} / ${result.delayP99.toFixed(1)}`,
      Math.round(result.tokensPerSecond),
      result.cpuMsPer1000Tokens.toFixed(1),
      result.databaseMsPer1000Tokens.toFixed(1),
      result.modelsMsPer1000Tokens.toFixed(1),
      result.generatorMsPer1000Tokens.toFixed(1),
      Math.round(result.peakMb),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  if (!subject.callsTools) continue
  const { p50, p95 } = await measureToolRounds(subject)
  toolRounds.push(`| ${subject.name} | ${p50.toFixed(1)} / ${p95.toFixed(1)} |`)
}
console.log('\nFrom the request to the first token after a tool was called, one request at a time.\n')
console.log('| server | p50 / p95, ms |\n|---|---:|')
for (const row of toolRounds) console.log(row)
