import { storableText } from '../messages/storable.ts'
import { shorten } from './title.ts'

const wrapped = /^(["'“”„«»‘’‚`*_]+)(.+?)["'“”„«»‘’‚`*_]+[.。]?$/u

/**
 * What a model said when it was asked for a title, as a title: the first line that says something, without quotes,
 * markup, a word before it (“Title:”) or a full stop after it. Null when nothing is left.
 */
export function cleanTitle(said: string): string | null {
  for (const line of storableText(withoutThoughts(said)).split(/[\p{Zl}\p{Zp}\n\r]+/u)) {
    const title = cleanLine(line)
    if (/[\p{L}\p{N}\p{S}]/u.test(title)) return shorten(title, 80)
  }
  return null
}

/** Some models that think say so in their text. */
const withoutThoughts = (said: string) => said.replace(/<think(?:ing)?>[^]*?(?:<\/think(?:ing)?>|$)/gi, '')

function cleanLine(line: string): string {
  const plain = line
    // Control characters, and those that turn the direction of writing.
    .replace(/[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:#+ |[-*•] |> )+/, '')
  const bare = unquoted(
    unquoted(plain).replace(/^(?:\*\*)?(?:title|titel|titre|título|titolo)\s*[:：](?:\*\*)?\s*/iu, ''),
  )
  return bare.replace(/(?<!\.)[.。]$/u, '').trim()
}

/** Without quotes around all of it; “Hamlet” and “Macbeth” keep theirs. */
function unquoted(text: string): string {
  const [, open = '', inside = ''] = wrapped.exec(text) ?? []
  return inside === '' || inside.includes(open) ? text : inside.trim()
}
