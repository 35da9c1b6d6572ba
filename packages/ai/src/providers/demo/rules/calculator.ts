import type { ToolRule } from './tool-rule.ts'

/** Operators in words, in the signs that the calculator knows. */
const inWords: readonly (readonly [RegExp, string])[] = [
  [/\b(?:times|multiplied by)\b/gi, '*'],
  [/\b(?:divided by|over)\b/gi, '/'],
  [/\bplus\b/gi, '+'],
  [/\bminus\b/gi, '-'],
  [/\b(?:to the power of|raised to)\b/gi, '^'],
  [/\bsquared\b/gi, '^2'],
  [/(?<=\d)\s*x\s*(?=\d)/gi, '*'],
  [/\b(?:the )?square root of\s+(\d+(?:\.\d+)?)/gi, 'sqrt($1)'],
  [/(?<=\d)\s*percent\b/gi, '%'],
]

const asks = /\b(?:what(?:['’]s| is| are)?|how much|calculate|compute|work out|evaluate|solve|result of)\b|=/i
const piece =
  /(?:\b(?:sqrt|cbrt|abs|round|floor|ceil|min|max|sum|mean|log|log2|ln|exp|sin|cos|tan|gcd|lcm|mod|of|pi)\b|[\d.(),+*/^%!×÷−\s-])+/gi
const operation = /[\d)!%]\s*(?:[-+*/^×÷−]|%\s*[\d(]|mod\b|% of\b)\s*[-+(\da-z]|\b[a-z0-9]+\(|\d!/i
const date = /^\d{4}-\d{1,2}-\d{1,2}$/

export const calculatorRule: ToolRule = {
  tool: 'calculator',
  purpose: 'work out a calculation',
  example: 'What is 17*23?',
  find(text) {
    const signs = inWords.reduce((result, [from, to]) => result.replace(from, to), text.slice(0, 2_000))
    const found = (signs.match(piece) ?? [])
      .map((candidate) => candidate.replace(/^[\s,.)]+|(?:[\s,.(]|\bof\b)+$/g, ''))
      .filter((candidate) => operation.test(candidate) && !date.test(candidate))
    const nothingElse = found[0] !== undefined && found[0].length >= signs.replace(/[?=!\s.]+$/, '').trim().length
    return asks.test(text) || nothingElse ? found.map((expression) => ({ expression })) : []
  },
  say(_, output) {
    const { expression, result } = output as { expression: string; result: number }
    return `\`${expression}\` = **${result}**`
  },
}
