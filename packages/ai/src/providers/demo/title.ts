import { withoutDirectives } from '../../directives/parse-directives.ts'
import type { ModelRequest } from '../../model/request.ts'

/** Words that say little about what a text is about. */
const weak = new Set(
  (
    'a about also am an and any are as at be but by can could did do does for from get give had has have hello help hi how i ' +
    'if in into is it its just know let like make me more my need no not now of on one or our please said say show so some ' +
    'tell than thank thanks that the their them then there these they this to too try up us use want was we were what when ' +
    'where which who why will with without would write yes you your ' +
    'aber als am an auch auf aus bei bitte da das dass dem den der des die du ein eine einem einen einer er es für gib hat ' +
    'ich ihr im in ist ja kann kannst man mein mich mir mit nach nicht noch nur oder schreib sich sie sind so über um und ' +
    'uns von war was wenn wer wie wir wird zeig zu zum zur'
  ).split(' '),
)

/** How many words make a title. */
const titleLength = 5

/**
 * The title of the conversation that is shown between its tags, when one is asked for: the words of the first message that
 * tell most, by how often they come up in all of it and how long they are, in the order in which they were said. Null when
 * the request is for something else.
 */
export function titleOf({ system, messages }: ModelRequest): string | null {
  const last = messages.at(-1)
  if (last?.role !== 'user' || !/\btitle\b/i.test(system)) return null
  const shown = /<conversation>([^]*)<\/conversation>/.exec(last.parts.map((part) => part.text).join('\n'))?.[1]
  if (shown === undefined) return null
  const [, said = shown] = /^\s*User: ([^]*?)(?:\n\nAssistant: |\s*$)/.exec(shown) ?? []
  const asked = wordsOf(withoutDirectives(said))
  const telling = asked.filter((word) => !weak.has(word.toLowerCase()))
  const often = Map.groupBy(wordsOf(shown), (word) => word.toLowerCase())
  const weight = (word: string) => (often.get(word.toLowerCase())?.length ?? 0) * word.length
  const unique = [...new Map(telling.map((word) => [word.toLowerCase(), word])).values()]
  const best = new Set(unique.toSorted((a, b) => weight(b) - weight(a)).slice(0, titleLength))
  const words = best.size > 0 ? unique.filter((word) => best.has(word)) : asked.slice(0, titleLength)
  const title = words.join(' ')
  return title.charAt(0).toUpperCase() + title.slice(1)
}

/** Words, and sums as they are written (17*23). */
const wordsOf = (text: string): string[] =>
  text.slice(0, 10_000).match(/\d+(?:[-+*/^.,:]\d+)+|[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? []
