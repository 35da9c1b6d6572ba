import { z } from 'zod'
import { AgentId, ConversationId, GroupId, UserId } from './ids.ts'
import { Timestamp } from './time.ts'

/**
 * How far a grant goes, each level with all of those before it: a viewer uses or reads, an editor changes or speaks, a
 * manager shares. What each means for which noun stands in docs/permissions.md.
 */
export const grantLevels = ['viewer', 'editor', 'manager'] as const

export const GrantLevel = z.enum(grantLevels)
export type GrantLevel = z.infer<typeof GrantLevel>

/** What the caller is to a thing. */
export const Access = z.enum([...grantLevels, 'owner'])
export type Access = z.infer<typeof Access>

/** Whose a thing is, as far as others may know. */
export const Owner = z.object({ id: UserId, fullName: z.string().nullable() })
export type Owner = z.infer<typeof Owner>

/** Who a thing is shared with. */
export const Principal = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user'), userId: UserId }),
  z.object({ type: z.literal('group'), groupId: GroupId }),
  z.object({ type: z.literal('everyone') }),
])
export type Principal = z.infer<typeof Principal>

const form = /^(?:everyone|(?:user:|group:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

/** A principal in one word: a person's id (also `user:<id>`), `group:<id>`, or `everyone`. */
export const PrincipalInput = z
  .string()
  .regex(form, 'Name a user’s id, group:<id>, or everyone.')
  .transform((word): Principal => {
    const id = word.slice(word.indexOf(':') + 1).toLowerCase()
    if (word === 'everyone') return { type: 'everyone' }
    return word.startsWith('group:')
      ? { type: 'group', groupId: id as GroupId }
      : { type: 'user', userId: id as UserId }
  })

export const Share = z.object({
  /** As it stands in the path: a person's id, `group:<id>`, or `everyone`. */
  principal: z.string(),
  /** The person's or the group's name; null for everyone, and for who has not given one. */
  name: z.string().nullable(),
  level: GrantLevel,
  createdAt: Timestamp,
})
export type Share = z.infer<typeof Share>

const whom = { principal: PrincipalInput }
const how = { ...whom, level: GrantLevel }

export const ShareAgentInput = z.strictObject({ agentId: AgentId, ...how })
export const UnshareAgentInput = z.strictObject({ agentId: AgentId, ...whom })
export const ShareConversationInput = z.strictObject({ conversationId: ConversationId, ...how })
export const UnshareConversationInput = z.strictObject({ conversationId: ConversationId, ...whom })
