import { constants, factorial, functions } from './functions.ts'
import { type Token, tokenize } from './tokenize.ts'

const maxDepth = 64

/**
 * Computes an arithmetic expression, rounded to the 15 significant digits that a double holds. From weak to strong: `+ -`,
 * `* / %` (and the words `mod`, `of`), sign, `^` (to the right), `!` and the percent sign. `%` between two operands is the
 * remainder, else it means hundredths. Throws an Error in plain words.
 */
export function evaluate(expression: string): number {
  const value = new Parser(tokenize(expression)).whole()
  if (Number.isNaN(value)) throw new Error('The expression has no result among the real numbers.')
  if (!Number.isFinite(value)) throw new Error('The result is too large.')
  return Number(value.toPrecision(15)) + 0
}

/** Recursive descent, one method for each strength; computes as it reads. */
class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): number {
    const value = this.#sum()
    if (this.#next.type !== 'end') throw this.#unexpected()
    return value
  }

  #sum(): number {
    let value = this.#product()
    for (;;) {
      if (this.#takes('+')) value += this.#product()
      else if (this.#takes('-')) value -= this.#product()
      else return value
    }
  }

  #product(): number {
    let value = this.#signed()
    for (;;) {
      if (this.#takes('*') || this.#takesWord('of')) value *= this.#signed()
      else if (this.#takes('/')) value /= notZero(this.#signed())
      else if (this.#takes('%') || this.#takesWord('mod')) value %= notZero(this.#signed())
      else return value
    }
  }

  #signed(): number {
    // Every way down to a deeper level passes through here.
    this.#depth += 1
    if (this.#depth > maxDepth) throw new Error(`The expression is nested more than ${maxDepth} levels deep.`)
    const value = this.#takes('-') ? -this.#signed() : this.#takes('+') ? this.#signed() : this.#power()
    this.#depth -= 1
    return value
  }

  #power(): number {
    const base = this.#postfix()
    return this.#takes('^') ? base ** this.#signed() : base
  }

  #postfix(): number {
    let value = this.#primary()
    for (;;) {
      if (this.#takes('!')) value = factorial(value)
      else if (this.#isPercent() && this.#takes('%')) value /= 100
      else return value
    }
  }

  #primary(): number {
    const token = this.#next
    if (token.type === 'number') {
      this.#at += 1
      return token.value
    }
    if (this.#takes('(')) return this.#closed(this.#sum())
    if (token.type === 'name') {
      this.#at += 1
      return this.#takes('(') ? this.#call(token.name) : constant(token.name)
    }
    throw this.#unexpected()
  }

  #call(name: string): number {
    const called = functions.get(name)
    if (!called) throw new Error(`There is no function “${name}”. There are: ${[...functions.keys()].join(', ')}.`)
    const values = [this.#sum()]
    while (this.#takes(',')) values.push(this.#sum())
    const [least, most] = called.takes
    if (values.length < least || values.length > most) {
      throw new Error(
        `${name} takes ${least === most ? least : `${least} to ${most}`} arguments, not ${values.length}.`,
      )
    }
    return this.#closed(called.apply(...values))
  }

  #closed(value: number): number {
    if (!this.#takes(')')) throw this.#unexpected('a closing parenthesis')
    return value
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { type: 'end', at: 0 }
  }

  #takes(symbol: string): boolean {
    const matches = this.#next.type === 'symbol' && this.#next.symbol === symbol
    if (matches) this.#at += 1
    return matches
  }

  #takesWord(word: string): boolean {
    const matches = this.#next.type === 'name' && this.#next.name === word
    if (matches) this.#at += 1
    return matches
  }

  /** Whether the next token is a percent sign, not the remainder of a division: nothing to divide by follows. */
  #isPercent(): boolean {
    if (this.#next.type !== 'symbol' || this.#next.symbol !== '%') return false
    const after = this.#tokens[this.#at + 1]
    if (after?.type === 'name') return after.name === 'of' || after.name === 'mod'
    return !(after?.type === 'number' || (after?.type === 'symbol' && after.symbol === '('))
  }

  #unexpected(wanted = 'a number, a name or a parenthesis'): Error {
    const token = this.#next
    if (token.type === 'end') return new Error(`The expression ends where ${wanted} should follow.`)
    const what = token.type === 'symbol' ? token.symbol : token.type === 'name' ? token.name : token.value
    return new Error(`“${what}” at position ${token.at + 1} does not belong there. Put an operator between two values.`)
  }
}

function constant(name: string): number {
  const value = constants.get(name)
  if (value === undefined)
    throw new Error(`“${name}” is not a number that is known. There are: ${[...constants.keys()].join(', ')}.`)
  return value
}

function notZero(value: number): number {
  if (value === 0) throw new Error('Division by zero.')
  return value
}
