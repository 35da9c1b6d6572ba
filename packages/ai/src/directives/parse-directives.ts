/** An instruction written into a message, `[[name word… key=value… {json}]]`. */
export interface Directive {
  name: string
  /** All that follows the name, as it is written. */
  text: string
  /** The words after the name. */
  words: string[]
  /** What is written as `key=value`. */
  named: Record<string, string>
  /** The object at the end, for a tool's input; null when there is none. */
  json: unknown
}

/** Bounds, so that no message costs more than a moment: the longest directive, and how many openings are looked at. */
const maxLength = 4_000
const maxOpenings = 100

/**
 * Reads the directives in a text, in order. They steer the demo model and the model server of the tests. What looks like a
 * directive and is none (no name, bad JSON) is left alone.
 */
export function parseDirectives(text: string): Directive[] {
  return findDirectives(text).map(({ directive }) => directive)
}

/** The text without its directives. */
export function withoutDirectives(text: string): string {
  let result = ''
  let from = 0
  for (const { start, end } of findDirectives(text)) {
    result += text.slice(from, start)
    from = end
  }
  return (result + text.slice(from)).replace(/ {2,}/g, ' ').trim()
}

function findDirectives(text: string): { directive: Directive; start: number; end: number }[] {
  const found = []
  let at = 0
  for (let openings = 0; openings < maxOpenings; openings++) {
    const start = text.indexOf('[[', at)
    if (start < 0) break
    const body = bodyOf(text.slice(start + 2, start + maxLength))
    const directive = body === null ? null : parseOne(body)
    at = start + 2
    if (body === null || directive === null) continue
    at += body.length + 2
    found.push({ directive, start, end: at })
  }
  return found
}

/** What stands before the closing brackets; JSON may hold brackets of its own. */
function bodyOf(text: string): string | null {
  const json = text.indexOf('{')
  let end = text.indexOf(']]')
  for (let tries = 0; end >= 0 && tries < 20; tries++) {
    if (json < 0 || json > end || parseJson(text.slice(json, end)) !== undefined) return text.slice(0, end)
    end = text.indexOf(']]', end + 1)
  }
  return null
}

function parseOne(body: string): Directive | null {
  const open = body.indexOf('{')
  const json = open < 0 ? null : parseJson(body.slice(open))
  const [name = '', ...rest] = (open < 0 ? body : body.slice(0, open)).trim().split(/\s+/)
  if (!/^[a-z][a-z0-9-]*$/.test(name) || json === undefined) return null
  const isPair = (word: string) => /^[a-z-]+=./.test(word)
  const named = rest.filter(isPair).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)])
  return {
    name,
    text: body.trim().slice(name.length).trim(),
    words: rest.filter((word) => !isPair(word)),
    named: Object.fromEntries(named) as Record<string, string>,
    json,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
