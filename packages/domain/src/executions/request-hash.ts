import type { ModelMessage, ModelRequest } from '@kickstartmyai/ai'
import { canonicalHash, canonicalJson, hashText } from './canonical-hash.ts'
import type { ModelStepInput } from './step-records.ts'

/**
 * What a model was asked, as hashes: of the whole, and of its parts, so that a difference can be named. It does not hold
 * the model itself, which may be another one for the same request.
 */
export function hashRequest(request: ModelRequest): { hash: string; parts: ModelStepInput } {
  const parts: ModelStepInput = {
    system: canonicalHash(request.system),
    messages: canonicalHash(request.messages.map(inOrder)),
    tools: hashText(`[${request.tools.map(jsonOfTool).join(',')}]`),
    settings: canonicalHash([request.temperature, request.maxOutputTokens]),
    messageCount: request.messages.length,
  }
  return { hash: canonicalHash(parts), parts }
}

type ToolSpec = ModelRequest['tools'][number]

const known = new WeakMap<ToolSpec, string>()

/** A tool's spec is made once and told in every request: walking through its schema is the most of a short request. */
function jsonOfTool(tool: ToolSpec): string {
  const json = known.get(tool) ?? canonicalJson(tool)
  known.set(tool, json)
  return json
}

/** The results of a round are a set: in which order they came is no part of what was asked. */
function inOrder(message: ModelMessage): ModelMessage {
  if (message.role !== 'tool' || message.results.length < 2) return message
  return { role: 'tool', results: message.results.toSorted((a, b) => (a.callId < b.callId ? -1 : 1)) }
}

const words: Record<'system' | 'tools' | 'settings', string> = {
  system: 'The system prompt is another one.',
  tools: 'The tools that it may call are others, or are described otherwise.',
  settings: 'The temperature or the token limit is another one.',
}

/** How two requests differ, in words; `then` is null where only the whole was kept. */
export function tellDifference(then: ModelStepInput | null, now: ModelStepInput): string {
  const told = (['system', 'tools', 'settings'] as const).flatMap((part) =>
    then && then[part] !== now[part] ? [words[part]] : [],
  )
  if (then && then.messages !== now.messages) told.push(tellMessages(then.messageCount, now.messageCount))
  return told.join(' ') || 'The request is another one.'
}

function tellMessages(then: number, now: number): string {
  if (then === now) return `One of the ${now} messages before it is another one.`
  return `It was told ${then} messages then and would be told ${now} now.`
}
