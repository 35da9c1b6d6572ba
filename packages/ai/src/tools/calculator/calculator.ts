import { z } from 'zod'
import { defineTool } from '../define-tool.ts'
import { evaluate } from './evaluate.ts'

/** Arithmetic by a parser of its own: nothing that is typed here is ever run as code. */
export const calculator = defineTool({
  name: 'calculator',
  title: 'Calculator',
  description:
    'Computes one arithmetic expression exactly to 15 digits. Use it for every calculation instead of computing yourself. ' +
    'Knows + - * / ^ ! parentheses, % (remainder between two numbers, percent otherwise), pi, e, sqrt, abs, round(x, digits), ' +
    'floor, ceil, min, max, sum, mean, exp, ln, log(x, base), log2, gcd, lcm, mod, and sin, cos, tan and their inverses in ' +
    'radians (rad and deg convert).',
  effect: 'read',
  input: z.object({
    expression: z.string().trim().min(1).max(500).describe('For example: (17 * 23 + 4) / 2^3'),
  }),
  timeoutMs: 1000,
  run({ expression }) {
    return { expression, result: evaluate(expression) }
  },
})
