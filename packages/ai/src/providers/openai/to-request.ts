import type OpenAI from 'openai'
import type { ModelMessage, ToolOutcome } from '../../model/message.ts'
import type { ModelRequest } from '../../model/request.ts'
import { isReasoningModel } from './models.ts'

type Body = OpenAI.Responses.ResponseCreateParamsStreaming
type Item = OpenAI.Responses.ResponseInputItem

/** The request in the words of the Responses API. Nothing is stored with the vendor. */
export function toRequest(model: string, request: ModelRequest): Body {
  const reasons = isReasoningModel(model)
  const body: Body = { model, stream: true, store: false, input: request.messages.flatMap(toItems) }
  if (request.system !== '') body.instructions = request.system
  if (request.tools.length > 0) {
    body.tools = request.tools.map(({ name, description, inputSchema }) => ({
      type: 'function',
      name,
      description,
      parameters: inputSchema,
      // Strict schemas allow no optional fields, which tools do have.
      strict: false,
    }))
  }
  if (reasons) body.reasoning = { summary: 'auto' }
  else if (request.temperature !== null) body.temperature = request.temperature
  if (request.maxOutputTokens !== null) body.max_output_tokens = request.maxOutputTokens
  return body
}

function toItems(message: ModelMessage): Item[] {
  switch (message.role) {
    case 'user':
      return [{ role: 'user', content: message.parts.map(({ text }) => ({ type: 'input_text', text })) }]
    case 'assistant':
      return message.parts.flatMap((part): Item[] => {
        if (part.type === 'text') return part.text === '' ? [] : [{ role: 'assistant', content: part.text }]
        // A summary cannot be given back as reasoning; the vendor takes only its own sealed items.
        if (part.type === 'reasoning') return []
        const { callId: call_id, name, input } = part
        return [{ type: 'function_call', call_id, name, arguments: JSON.stringify(input ?? {}) }]
      })
    case 'tool':
      return message.results.map(({ callId: call_id, outcome }) => ({
        type: 'function_call_output',
        call_id,
        output: toOutput(outcome),
      }))
  }
}

function toOutput(outcome: ToolOutcome): string {
  if (!outcome.ok) return JSON.stringify({ error: outcome.error })
  return typeof outcome.output === 'string' ? outcome.output : JSON.stringify(outcome.output ?? null)
}
