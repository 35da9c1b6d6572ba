import { quantile } from './quantile.ts'
import type { Subject } from './subject.ts'

const rounds = 60
/** The first ones pay for what is compiled once. */
const warmUp = 20

/** The time from a request to the first token of an answer before which the model calls the calculator. */
export async function measureToolRounds(subject: Subject): Promise<{ p50: number; p95: number }> {
  await subject.prepare(rounds)
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const askedAt = performance.now()
    let firstAt = Number.NaN
    await subject.stream(round, '[[tool calculator {"expression":"17*23"}]] [[tokens 1]] [[stamps]]', () => {
      if (Number.isNaN(firstAt)) firstAt = performance.now()
    })
    if (Number.isNaN(firstAt)) throw new Error(`${subject.name}: no answer after the tool's result`)
    if (round >= warmUp) times.push(firstAt - askedAt)
  }
  times.sort((a, b) => a - b)
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}
