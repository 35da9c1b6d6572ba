export type Token =
  | { type: 'number'; value: number; at: number }
  | { type: 'name'; name: string; at: number }
  | { type: 'symbol'; symbol: string; at: number }
  | { type: 'end'; at: number }

const number = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+(?![\w.]))?/iy
/** A number with commas between thousands, which can be read in one way only where commas separate no arguments. */
const grouped = /\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?/y
const name = /[a-zπτ][a-z0-9]*/iy
const symbol = /\*\*|[-+*/^%!(),]/y

/** Spellings that people type, in the one that the grammar knows. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/[×·⋅∙]/g, '*'],
  [/÷/g, '/'],
  [/[−–—]/g, '-'],
]

/** Cuts an expression into tokens; the last one is `end`. Throws an Error in plain words. */
export function tokenize(expression: string): Token[] {
  const text = spellings.reduce((result, [from, to]) => result.replace(from, to), expression)
  const tokens: Token[] = []
  /** For each parenthesis that is open, whether it holds the arguments of a function. */
  const open: boolean[] = []
  let at = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0]
  }
  while (at < text.length) {
    const start = at
    let found = take(/\s+/y)
    if (found === undefined && (found = (open.at(-1) ? undefined : take(grouped)) ?? take(number)) !== undefined) {
      if (open.at(-1) && /^0\d/.test(found)) throw new Error(`Write “${found}” without a comma before it.`)
      tokens.push({ type: 'number', value: Number(found.replaceAll(',', '')), at: start })
    } else if (found === undefined && (found = take(name)) !== undefined) {
      tokens.push({ type: 'name', name: found.toLowerCase(), at: start })
    } else if (found === undefined && (found = take(symbol)) !== undefined) {
      if (found === '(') open.push(tokens.at(-1)?.type === 'name')
      if (found === ')') open.pop()
      tokens.push({ type: 'symbol', symbol: found === '**' ? '^' : found, at: start })
    } else if (found === undefined) {
      throw new Error(`“${text[at]}” at position ${at + 1} is not part of an arithmetic expression.`)
    }
    at += found.length
  }
  tokens.push({ type: 'end', at: text.length })
  return tokens
}
