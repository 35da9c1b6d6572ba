import { parseDirectives } from '../../directives/parse-directives.ts'
import { type Answer, type Fault, plainAnswer } from './answer.ts'
import { filler, manyBytes, refusal, stamps, thoughts } from './texts.ts'

/** A status that is refused `times` times, then no more. */
export interface Steering {
  answer: Answer
  /** How often the fault happens before the question succeeds; null: always. */
  times: number | null
}

/**
 * What the newest user message asks for, by the directives that README.md lists; 20 tokens of text unless told.
 * `toolResults` are the results that the request brings for that message: then calls were made, and it is time to answer.
 */
export function readDirectives(said: string, toolResults: readonly string[], paceMs: number): Steering {
  const all = parseDirectives(said)
  const find = (name: string) => all.find((directive) => directive.name === name)
  const number = (name: string, unless: number) => toCount(find(name)?.words[0], unless)
  const calls = all.flatMap(({ name, words: [tool], json }) =>
    name === 'tool' && tool ? [{ name: tool, input: json ?? {} }] : [],
  )
  const calling = calls.length > 0 && toolResults.length === 0
  const refuses = find('refuse') !== undefined
  const say = find('say')?.text.replaceAll(String.raw`\n`, '\n')
  const text = () => {
    if (refuses) return refusal
    if (say !== undefined) return say
    if (find('split')) return manyBytes
    if (find('stamps')) return stamps(number('tokens', 20))
    if (find('tokens')) return filler(number('tokens', 20))
    return toolResults.length > 0 ? `The tools answered: ${toolResults.join(' and ')}` : filler(20)
  }
  const empty = find('empty') !== undefined
  return {
    answer: {
      ...plainAnswer,
      text: empty || calling ? '' : text(),
      refusal: refuses,
      reasoning: find('reasoning') && !empty ? thoughts : '',
      calls: calling && !empty ? calls : [],
      paceMs: number('pace', paceMs),
      fault: readFault(find),
      split: find('split') !== undefined,
      unknownEvents: find('unknown-events') !== undefined,
    },
    times: find('status')?.named['times'] === undefined ? null : toCount(find('status')?.named['times'], 1),
  }
}

type Find = (name: string) => ReturnType<typeof parseDirectives>[number] | undefined

function readFault(find: Find): Fault | null {
  const status = find('status')
  if (status) return { type: 'status', status: toStatus(status.words[0]), retryAfter: status.named['retry-after'] }
  if (find('quota')) return { type: 'quota' }
  if (find('overflow')) return { type: 'overflow' }
  const stall = find('stall')
  if (stall) return { type: 'stall', after: stall.words[0] === 'after' ? toCount(stall.words[1], 0) : null }
  for (const type of ['cut', 'error-event', 'malformed'] as const) {
    const directive = find(type)
    if (directive) return { type, after: toCount(directive.words[0], 0) }
  }
  return null
}

function toCount(word: string | undefined, unless: number): number {
  const count = Number(word ?? Number.NaN)
  return count >= 0 ? Math.min(Math.floor(count), 1_000_000) : unless
}

function toStatus(word: string | undefined): number {
  const status = Number(word)
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500
}
