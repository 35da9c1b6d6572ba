import { runLoop } from '../loop/run-loop.ts'
import type { ModelMessage, ToolCall } from '../model/message.ts'
import { createDemoProvider } from '../providers/demo/create-provider.ts'
import type { ToolDefinition } from '../tools/tool.ts'

interface Answered {
  text: string
  calls: ToolCall[]
}

/** A conversation with the demo model, whose clock stands still: what it answers to each message. */
export async function playDemo(
  said: readonly string[],
  { tools = [] }: { tools?: readonly ToolDefinition[] } = {},
): Promise<Answered[]> {
  const model = createDemoProvider({ msPerWord: 0 }).model('demo')
  const messages: ModelMessage[] = []
  const answers: Answered[] = []
  for (const text of said) {
    messages.push({ role: 'user', parts: [{ type: 'text', text }] })
    const answer: Answered = { text: '', calls: [] }
    const settings = { temperature: null, maxOutputTokens: null, maxIterations: 5 }
    const signal = new AbortController().signal
    const now = () => Date.UTC(2026, 10, 23, 12)
    for await (const event of runLoop({ model, system: '', messages, tools, settings, signal, now })) {
      if (event.type === 'text') answer.text += event.text
      if (event.type === 'step_finished') messages.push(event.message)
      if (event.type === 'tool_called') answer.calls.push(event.call)
      if (event.type === 'tool_finished') messages.push({ role: 'tool', results: [event.result] })
    }
    answers.push(answer)
  }
  return answers
}
