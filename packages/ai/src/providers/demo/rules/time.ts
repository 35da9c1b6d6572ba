import type { ToolRule } from './tool-rule.ts'

const asksForTime =
  /\b(?:what(?:['’]s| is)?(?: the)?(?: current| local)? (?:time|date|day)\b|what day is|(?:current|local) (?:time|date)|today['’]s date|(?:time|date|clock) (?:is it )?(?:right )?(?:now|today)|(?:time|date) in [A-Z])/i
/** Names after “in”, one or a list: “Tokyo”, “New York and Paris”, “America/Sao_Paulo”. */
const name = String.raw`\p{Lu}[\p{L}_/]*(?:[ -]\p{Lu}[\p{L}_/]*)*`
const places = new RegExp(String.raw`\b(?:in|at|for)\s+(${name}(?:(?:, and|,| and)\s+${name})*)`, 'gu')

export const timeRule: ToolRule = {
  tool: 'time',
  purpose: 'tell the time anywhere',
  example: 'What time is it in Tokyo?',
  find(text) {
    if (!asksForTime.test(text.slice(0, 2_000))) return []
    const named = [...text.slice(0, 2_000).matchAll(places)].flatMap(([, list = '']) =>
      list.split(/(?:, and|,| and)\s+/),
    )
    return named.length > 0 ? named.map((timeZone) => ({ timeZone })) : [{}]
  },
  say(input, output) {
    const { text, timeZone } = output as { text: string; timeZone: string }
    const asked = (input as { timeZone?: string }).timeZone
    return `In ${asked ?? timeZone} it is **${text}**${asked === undefined || asked === timeZone ? '' : ` (${timeZone})`}`
  },
}
