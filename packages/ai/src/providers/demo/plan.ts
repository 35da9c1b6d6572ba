import { withoutDirectives } from '../../directives/parse-directives.ts'
import type { AssistantMessage, ToolCall, ToolMessage } from '../../model/message.ts'
import type { ModelRequest } from '../../model/request.ts'
import { converse } from './converse.ts'
import { type DemoDirectives, readDemoDirectives } from './directives.ts'
import { toolRules } from './rules/tool-rules.ts'
import { codeAnswer, filler } from './texts.ts'
import { titleOf } from './title.ts'

/** What the demo model is going to say and do. */
export interface Plan {
  text: string
  calls: ToolCall[]
  directives: DemoDirectives
}

export function plan(request: ModelRequest): Plan {
  // Directives in a conversation that is only shown are not said to it.
  const title = titleOf(request)
  if (title !== null) return { text: title, calls: [], directives: readDemoDirectives('') }
  const said = lastSaid(request)
  const directives = readDemoDirectives(said)
  const last = request.messages.at(-1)
  if (last?.role === 'tool') return { text: sayResults(request, last, said), calls: [], directives }

  const wanted = wantedCalls(said, directives)
  const granted = new Set(request.tools.map((tool) => tool.name))
  const callsBefore = callsIn(request).length
  const calls = wanted
    .filter(({ name }) => granted.has(name))
    .map(({ name, input }, index): ToolCall => ({ callId: `demo_${callsBefore + index + 1}`, name, input }))
  if (calls.length > 0) return { text: '', calls, directives }
  return { text: dictated(directives) ?? (refusal(wanted, granted) || converse(request)), calls, directives }
}

/** What a directive makes it say; null when none does. */
function dictated({ words, code }: DemoDirectives): string | null {
  if (words !== null) return filler(words)
  return code ? codeAnswer : null
}

function lastSaid({ messages }: ModelRequest): string {
  const message = messages.findLast(({ role }) => role === 'user')
  return message?.role === 'user' ? message.parts.map((part) => part.text).join('\n') : ''
}

function wantedCalls(said: string, { tools }: DemoDirectives): { name: string; input: unknown }[] {
  const text = withoutDirectives(said)
  const byWords = toolRules.flatMap((rule) => rule.find(text).map((input) => ({ name: rule.tool, input })))
  return [...tools, ...byWords].slice(0, 16)
}

/** Why it cannot do what it would do with a tool; empty when nothing is missing. */
function refusal(wanted: readonly { name: string }[], granted: ReadonlySet<string>): string {
  const missing = [...new Set(wanted.map(({ name }) => name).filter((name) => !granted.has(name)))]
  if (missing.length === 0) return ''
  const names = missing.map((name) => `**${name}**`).join(' and ')
  return `For this I would use ${names}, but this agent has not been given ${missing.length === 1 ? 'this tool' : 'these tools'}. Allow it in the agent's settings and ask me again.`
}

function sayResults(request: ModelRequest, { results }: ToolMessage, said: string): string {
  const calls = callsIn(request)
  const lines = results.map(({ callId, name, outcome }) => {
    if (!outcome.ok) return `**${name}** did not work: ${outcome.error.message}`
    const rule = toolRules.find(({ tool }) => tool === name)
    const input = calls.findLast((call) => call.callId === callId)?.input
    return rule
      ? rule.say(input ?? {}, outcome.output)
      : `**${name}** answered:\n\n\`\`\`json\n${JSON.stringify(outcome.output, null, 2)}\n\`\`\``
  })
  const granted = new Set(request.tools.map((tool) => tool.name))
  const missing = refusal(wantedCalls(said, readDemoDirectives(said)), granted)
  return [lines.length === 1 ? `${lines[0]}` : lines.map((line) => `- ${line}`).join('\n'), missing]
    .filter(Boolean)
    .join('\n\n')
}

function callsIn({ messages }: ModelRequest): ToolCall[] {
  const assistant = messages.filter((message): message is AssistantMessage => message.role === 'assistant')
  return assistant.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool_call'))
}
