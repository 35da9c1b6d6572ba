import type { Message, MessagePart } from '@kickstartmyai/contract'
import type { MessageRow } from '@kickstartmyai/db'

export function toMessageView(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentMessageId: row.parent_id,
    role: row.role,
    content: textOf(row.parts),
    parts: row.parts,
    complete: row.complete,
    executionId: row.execution_id,
    agentId: row.agent_id,
    usage: row.usage,
    createdAt: row.created_at.toISOString(),
  }
}

/** The text parts put together. */
export function textOf(parts: readonly MessagePart[]): string {
  return parts.reduce((text, part) => (part.type === 'text' ? text + part.text : text), '')
}
