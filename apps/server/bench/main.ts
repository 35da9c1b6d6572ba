import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bare } from './bare.ts'
import { startChild } from './child.ts'
import { kickStartMyAI } from './kickstartmyai.ts'
import { measure } from './measure.ts'
import { passThrough } from './pass-through.ts'
import type { Subject } from './subject.ts'

/**
 * `pnpm bench`: what this product adds to a bare pass-through, measured beside it in the same run. `--streams 1,100,500`
 * names the loads; `--postgres <url>` measures on a PostgreSQL server too. Linux only.
 */
const { values } = parseArgs({
  // pnpm hands its own separator on.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: { streams: { type: 'string', default: '1,100,500' }, postgres: { type: 'string' } },
})
const loads = values.streams.split(',').map(Number)
const modelServer = join(
  createRequire(import.meta.url).resolve('@kickstartmyai/ai/testing'),
  '..',
  'model-server',
  'main.ts',
)

await using models = await startChild(modelServer, ['--port', '0'])
const starts: (() => Promise<Subject>)[] = [
  () => passThrough(models.url),
  () => kickStartMyAI(models.url, null),
  ...(values.postgres === undefined
    ? []
    : [() => bare(models.url, values.postgres ?? ''), () => kickStartMyAI(models.url, values.postgres ?? '')]),
]
if (values.postgres === undefined) console.log('No --postgres <url>: the rows on PostgreSQL are left out.\n')

console.log('Streams of 100 tokens at 20 ms a token, all started within a second.\n')
console.log(
  '| streams | server | first token p50 / p95, ms | token delay p50 / p95 / p99, ms | tokens/s | CPU ms per 1,000 tokens | peak MB | generator |',
)
console.log('|---:|---|---:|---:|---:|---:|---:|---:|')
for (const start of starts) {
  await using subject = await start()
  await measure(subject, 5)
  for (const load of loads) {
    const result = await measure(subject, load)
    const cells = [
      load,
      subject.name,
      `${result.firstTokenP50.toFixed(1)} / ${result.firstTokenP95.toFixed(1)}`,
      `${result.delayP50.toFixed(1)} / ${result.delayP95.toFixed(1)} / ${result.delayP99.toFixed(1)}`,
      Math.round(result.tokensPerSecond),
      result.cpuMsPer1000Tokens.toFixed(1),
      Math.round(result.peakMb),
      result.generatorMsPer1000Tokens.toFixed(1),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
