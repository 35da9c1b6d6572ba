import { parseDirectives } from '../../directives/parse-directives.ts'
import { ModelError } from '../../model/error.ts'

/**
 * What the demo model does when a message holds one of these; everything else in the message is answered as ever. `pace`,
 * `status` and `stall after 10`, as the model server of the tests has them, mean the same as `slow`, `fail` and `stall 10`.
 *
 * | written            | what happens                                                           |
 * |--------------------|------------------------------------------------------------------------|
 * | `[[slow 200]]`     | 200 ms a word (0 is as fast as can be)                                 |
 * | `[[tokens 500]]`   | an answer of 500 words                                                 |
 * | `[[fail 429]]`     | fails as a vendor does with this status: 400, 401, 429, 500, 503, 529  |
 * | `[[cut 10]]`       | the stream breaks after 10 words                                       |
 * | `[[stall]]`        | never says anything (`[[stall 10]]`: falls silent after 10 words)      |
 * | `[[empty]]`        | ends without a word                                                    |
 * | `[[code]]`         | answers with a block of TypeScript                                     |
 * | `[[reasoning]]`    | thinks aloud before it answers                                         |
 * | `[[tool name {…}]]`| calls the tool with this input; several are called side by side        |
 */
export interface DemoDirectives {
  msPerWord: number | null
  words: number | null
  failure: ModelError | null
  cutAfter: number | null
  stallAfter: number | null
  empty: boolean
  code: boolean
  reasoning: boolean
  tools: { name: string; input: unknown }[]
}

export function readDemoDirectives(text: string): DemoDirectives {
  const all = parseDirectives(text)
  const find = (name: string) => all.find((directive) => directive.name === name)
  const number = (name: string, most: number, left: number | null = null) => {
    const directive = find(name)
    const value = Number(directive?.words.find((word) => Number(word) >= 0) ?? left ?? Number.NaN)
    return directive && value >= 0 ? Math.min(Math.floor(value), most) : null
  }
  const status = number('fail', 599) ?? number('status', 599)
  return {
    msPerWord: number('slow', 60_000) ?? number('pace', 60_000),
    words: number('tokens', 100_000),
    failure: status === null ? null : failureOf(status),
    cutAfter: number('cut', 100_000, 0),
    stallAfter: number('stall', 100_000, 0),
    empty: find('empty') !== undefined,
    code: find('code') !== undefined,
    reasoning: find('reasoning') !== undefined,
    tools: all.flatMap(({ name, words: [tool], json }) =>
      name === 'tool' && tool ? [{ name: tool, input: json ?? {} }] : [],
    ),
  }
}

function failureOf(status: number): ModelError {
  const said = `The demo model failed with status ${status}, as it was told to.`
  if (status === 429) return new ModelError('rate_limited', said, { retryable: true, status })
  if (status === 503 || status === 529) return new ModelError('overloaded', said, { retryable: true, status })
  if (status >= 500) return new ModelError('unavailable', said, { retryable: true, status })
  if (status === 401 || status === 403) return new ModelError('auth_failed', said, { status })
  return new ModelError('rejected_request', said, { status })
}
