import type { Answer } from './answer.ts'
import type { Asked, Protocol, Turn } from './protocols/protocol.ts'
import { toTokens } from './texts.ts'

/** The turn that says an answer: cut into tokens, no longer than the request allows, and counted. */
export function toTurn(answer: Answer, asked: Asked, protocol: Protocol, id: string, inputTokens: number): Turn {
  let left = asked.maxTokens
  const take = (tokens: string[]) => {
    const taken = tokens.slice(0, left)
    left -= taken.length
    return taken
  }
  const all = { reasoning: toTokens(answer.reasoning), text: toTokens(answer.text) }
  const reasoning = take(all.reasoning)
  const text = take(all.text)
  const truncated = reasoning.length + text.length < all.reasoning.length + all.text.length
  const calls = truncated
    ? []
    : answer.calls.map(({ name, input }, index) => ({
        id: protocol.callId(id, index),
        name,
        pieces: toPieces(typeof input === 'string' ? input : JSON.stringify(input)),
      }))
  const pieces = calls.reduce((sum, call) => sum + call.pieces.length, 0)
  return {
    id,
    model: asked.model,
    createdAt: Math.floor(Date.now() / 1000),
    reasoning,
    text,
    refusal: answer.refusal,
    calls,
    truncated,
    tellsUsage: asked.tellsUsage,
    usage: {
      inputTokens,
      outputTokens: reasoning.length + text.length + pieces,
      reasoningTokens: reasoning.length,
    },
  }
}

/** JSON comes in pieces that respect nothing, not even a key; a character is never torn. */
function toPieces(json: string): string[] {
  return json.match(/[^]{1,6}/gu) ?? ['']
}
