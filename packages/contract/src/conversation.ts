import { z } from 'zod'
import { AgentId, ConversationId, ExecutionId } from './ids.ts'
import { limits } from './limits.ts'
import { Access, Owner } from './share.ts'
import { Timestamp } from './time.ts'

/**
 * Where a title comes from: the first `prompt`, until a better one is found; the prompt, `kept` since none was found;
 * `generated` by the model; given by a `person`, and never replaced.
 */
export const TitleSource = z.enum(['prompt', 'kept', 'generated', 'person'])
export type TitleSource = z.infer<typeof TitleSource>

export const Conversation = z.object({
  id: ConversationId,
  title: z.string(),
  titleSource: TitleSource,
  /** Null once its agent was deleted. */
  agentId: AgentId.nullable(),
  /** The execution that is queued, running or waiting now, so that a page that opens can follow it. */
  activeExecutionId: ExecutionId.nullable(),
  /** What the caller is to it. */
  access: Access,
  owner: Owner,
  createdAt: Timestamp,
  updatedAt: Timestamp,
  lastMessageAt: Timestamp.nullable(),
})
export type Conversation = z.infer<typeof Conversation>

const Title = z.string().trim().min(1).max(limits.conversationTitleLength)

export const CreateConversationInput = z.strictObject({
  /** Left out: the caller's first active agent. */
  agentId: AgentId.optional(),
  title: Title.optional(),
})
export type CreateConversationInput = z.infer<typeof CreateConversationInput>

export const UpdateConversationInput = z.strictObject({
  conversationId: ConversationId,
  title: Title.optional(),
  agentId: AgentId.optional(),
})
export type UpdateConversationInput = z.infer<typeof UpdateConversationInput>

export const ConversationRef = z.strictObject({ conversationId: ConversationId })
