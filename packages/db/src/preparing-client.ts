import { createHash } from 'node:crypto'
import type pg from 'pg'

/** Statements whose text is made anew each time must not pile up on the server. */
const mostPrepared = 300

/** The names under which a process has its statements prepared: the server parses and plans each once a connection. */
const toName = (text: string) => createHash('sha256').update(text).digest('base64url')

/**
 * A client that prepares what it is asked with parameters, made of another one. Made for one pool: all its connections use the same names.
 * A statement whose table was altered meanwhile (SQLSTATE 0A000) fails once and is sent unprepared from then on.
 */
export function preparingClient(Base: typeof pg.Client): typeof pg.Client {
  const names = new Map<string, string | null>()
  const nameOf = (text: string): string | null => {
    const known = names.get(text)
    if (known !== undefined) return known
    const name = names.size < mostPrepared ? toName(text) : null
    if (name !== null) names.set(text, name)
    return name
  }

  return class extends Base {
    // oxlint-disable-next-line typescript/no-explicit-any -- the eight overloads of the original
    override query(...args: any[]): any {
      const [text, values] = args as unknown[]
      const name = typeof text === 'string' && Array.isArray(values) && args.length === 2 ? nameOf(text) : null
      if (name === null) return super.query(...(args as [string]))
      return super.query({ text: text as string, values: values as unknown[], name }).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === '0A000') names.set(text as string, null)
        throw error
      })
    }
  }
}
