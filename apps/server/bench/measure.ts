import { setTimeout as sleep } from 'node:timers/promises'
import { cpuSeconds } from './cpu-seconds.ts'
import { databaseCpuSeconds } from './database-cpu-seconds.ts'
import { peakMegabytes } from './peak-megabytes.ts'
import { quantile } from './quantile.ts'
import type { Subject } from './subject.ts'

export interface Measurement {
  streams: number
  /** Milliseconds from the request to the first token. */
  firstTokenP50: number
  firstTokenP95: number
  /** Milliseconds from the model's writing a token to the reader's having it. */
  delayP50: number
  delayP95: number
  delayP99: number
  tokensPerSecond: number
  /** Processor time of the server alone … */
  cpuMsPer1000Tokens: number
  /** … and of what shares the machine with it: PostgreSQL, and the model server. */
  databaseMsPer1000Tokens: number
  modelsMsPer1000Tokens: number
  /** The load generator's own processor time: it must stay well below what it measures. */
  generatorMsPer1000Tokens: number
  /** The most memory that the server ever held, in MB. */
  peakMb: number
}

const tokensEach = 100
const paceMs = 20
/** One stream has one first token: it is asked for several times, one after the other. */
const roundsOfOne = 8

/** Runs `streams` streams of 100 tokens at 20 ms, all started within a second, and measures from the reader's side. */
export async function measure(subject: Subject, streams: number, modelsPid: number): Promise<Measurement> {
  const rounds = streams === 1 ? roundsOfOne : 1
  await subject.prepare(streams * rounds)
  const firstTokens: number[] = []
  const delays: number[] = []
  let tokens = 0
  const cpu = () => [cpuSeconds(subject.pid), databaseCpuSeconds(), cpuSeconds(modelsPid), cpuSeconds(process.pid)]
  const before = cpu()
  const startedAt = performance.now()

  const one = async (index: number) => {
    await sleep(((index % streams) / streams) * Math.min(1000, streams * 10))
    const askedAt = performance.now()
    let mine = 0
    await subject.stream(index, `[[tokens ${tokensEach}]] [[pace ${paceMs}]] [[stamps]]`, (sentAt) => {
      // Some tell the whole text once more at its end.
      if (mine === tokensEach) return
      delays.push(performance.timeOrigin + performance.now() - sentAt / 1000)
      if (mine === 0) firstTokens.push(performance.now() - askedAt)
      mine += 1
      tokens += 1
    })
    if (mine !== tokensEach) throw new Error(`${subject.name}: stream ${index} had ${mine} of ${tokensEach} tokens`)
  }
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(Array.from({ length: streams }, (_, index) => one(round * streams + index)))
  }

  const seconds = (performance.now() - startedAt) / 1000
  const [own = 0, database = 0, models = 0, generator = 0] = cpu().map(
    (after, index) => ((after - (before[index] ?? 0)) * 1000) / (tokens / 1000),
  )
  firstTokens.sort((a, b) => a - b)
  delays.sort((a, b) => a - b)
  return {
    streams,
    firstTokenP50: quantile(firstTokens, 0.5),
    firstTokenP95: quantile(firstTokens, 0.95),
    delayP50: quantile(delays, 0.5),
    delayP95: quantile(delays, 0.95),
    delayP99: quantile(delays, 0.99),
    tokensPerSecond: tokens / seconds,
    cpuMsPer1000Tokens: own,
    databaseMsPer1000Tokens: database,
    modelsMsPer1000Tokens: models,
    generatorMsPer1000Tokens: generator,
    peakMb: peakMegabytes(subject.pid),
  }
}
