export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['tau', 2 * Math.PI],
  ['τ', 2 * Math.PI],
  ['e', Math.E],
  ['phi', (1 + Math.sqrt(5)) / 2],
])

interface MathFunction {
  /** Least and most arguments. */
  takes: readonly [number, number]
  apply(...values: number[]): number
}

const one = (apply: (x: number) => number): MathFunction => ({ takes: [1, 1], apply: (x = Number.NaN) => apply(x) })
const many = (apply: (...values: number[]) => number): MathFunction => ({ takes: [1, 100], apply })
const two = (apply: (a: number, b: number) => number): MathFunction => ({
  takes: [2, 2],
  apply: (a = Number.NaN, b = Number.NaN) => apply(a, b),
})
const sum = (...values: number[]) => values.reduce((a, b) => a + b, 0)

/** What may be called by name. Angles are in radians. None of them loops longer than its arguments are many. */
export const functions: ReadonlyMap<string, MathFunction> = new Map([
  ...(['abs', 'cbrt', 'ceil', 'exp', 'floor', 'log2', 'sign', 'sqrt', 'trunc'] as const).map(
    (name) => [name, one(Math[name])] as const,
  ),
  ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh'] as const).map(
    (name) => [name, one(Math[name])] as const,
  ),
  ['ln', one(Math.log)],
  [
    'log',
    {
      takes: [1, 2],
      apply: (x = Number.NaN, base = 10) => (base === 10 ? Math.log10(x) : Math.log(x) / Math.log(base)),
    },
  ],
  ['round', { takes: [1, 2], apply: (x = Number.NaN, digits = 0) => roundTo(x, digits) }],
  ['deg', one((radians) => (radians * 180) / Math.PI)],
  ['rad', one((degrees) => (degrees * Math.PI) / 180)],
  ['atan2', two(Math.atan2)],
  ['mod', two((a, b) => a - b * Math.floor(a / b))],
  ['pow', two(Math.pow)],
  ['gcd', two(gcd)],
  ['lcm', two((a, b) => Math.abs(a * b) / gcd(a, b))],
  ['factorial', one(factorial)],
  ['hypot', many(Math.hypot)],
  ['max', many(Math.max)],
  ['min', many(Math.min)],
  ['sum', many(sum)],
  ['mean', many((...values) => sum(...values) / values.length)],
])

/** Defined for whole numbers up to 170, the last that a double can hold. */
export function factorial(n: number): number {
  if (!Number.isInteger(n) || n < 0) return Number.NaN
  if (n > 170) return Number.POSITIVE_INFINITY
  let result = 1
  for (let i = 2; i <= n; i++) result *= i
  return result
}

function gcd(a: number, b: number): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return Number.NaN
  let [x, y] = [Math.abs(a), Math.abs(b)]
  while (y > 0) [x, y] = [y, x % y]
  return x
}

function roundTo(x: number, digits: number): number {
  if (!Number.isInteger(digits) || Math.abs(digits) > 15) return Number.NaN
  // By way of the decimal text, so that 1.005 becomes 1.01 and not 1.
  const shifted = Math.sign(x) * Math.round(Number(`${Math.abs(x)}e${digits}`))
  return Number.isNaN(shifted) ? x : Number(`${shifted}e${-digits}`)
}
