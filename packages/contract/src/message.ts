import { z } from 'zod'
import { AgentId, ConversationId, ExecutionId, MessageId } from './ids.ts'
import { limits } from './limits.ts'
import { PageQuery } from './page.ts'
import { MessagePart, type TextPart } from './part.ts'
import { Timestamp } from './time.ts'
import { Usage } from './usage.ts'

export const MessageRole = z.enum(['user', 'assistant', 'system'])
export type MessageRole = z.infer<typeof MessageRole>

export const Message = z.object({
  id: MessageId,
  conversationId: ConversationId,
  parentMessageId: MessageId.nullable(),
  role: MessageRole,
  /** The text parts put together: what a reader without an interest in tools wants. */
  content: z.string(),
  parts: z.array(MessagePart),
  /** False when the answer was cut short by Stop or by a failure. */
  complete: z.boolean(),
  /** The execution that made an answer, or that a user's message set off. */
  executionId: ExecutionId.nullable(),
  agentId: AgentId.nullable(),
  usage: Usage.nullable(),
  createdAt: Timestamp,
})
export type Message = z.infer<typeof Message>

const GivenContent = z.union([
  z.string().min(1).max(limits.messageLength),
  z
    .array(z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(limits.messageLength) }))
    .min(1)
    .max(limits.messageParts)
    .refine((parts) => parts.reduce((sum, part) => sum + part.text.length, 0) <= limits.messageLength, {
      message: `at most ${limits.messageLength} characters in all`,
    }),
])

/** What a person says: plain text, or parts of it. */
export const MessageContent = GivenContent.transform((content): TextPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content,
)

export const SendMessageInput = z.strictObject({
  conversationId: ConversationId,
  content: MessageContent,
  /** Left out: the conversation's agent. */
  agentId: AgentId.optional(),
  /** Left out: the newest message of the conversation. */
  parentMessageId: MessageId.optional(),
  /** The same key in the same conversation is one send, however often it arrives. */
  clientKey: z.string().min(1).max(limits.clientKeyLength).optional(),
})
export type SendMessageInput = z.infer<typeof SendMessageInput>

/** Oldest first. */
export const ListMessagesInput = PageQuery.extend({ conversationId: ConversationId })
export type ListMessagesInput = z.infer<typeof ListMessagesInput>
