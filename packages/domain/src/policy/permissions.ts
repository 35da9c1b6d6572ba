import type { GrantLevel, Role } from '@kickstartmyai/contract'

/**
 * What it takes to do something with a thing, beside owning it: a grant of this level at least; `owner`: no grant is
 * enough; `sender`: only who set the execution off, and may still speak in its conversation. docs/permissions.md shows the
 * same as a table.
 */
export const permissions = {
  'agent.read': 'viewer',
  'agent.use': 'viewer',
  'agent.readPrompt': 'editor',
  'agent.update': 'editor',
  'agent.share': 'manager',
  'agent.delete': 'owner',
  'conversation.read': 'viewer',
  'conversation.send': 'editor',
  'conversation.rename': 'editor',
  'conversation.chooseAgent': 'manager',
  'conversation.share': 'manager',
  'conversation.delete': 'owner',
  'execution.read': 'viewer',
  'execution.cancel': 'editor',
  'execution.continue': 'editor',
  'execution.approve': 'sender',
} as const satisfies Record<`${Noun}.${string}`, GrantLevel | 'owner' | 'sender'>

/** What can be shared; executions go with their conversation. A further noun is a word here and its lines above. */
type Noun = 'agent' | 'conversation' | 'execution'

export type Permission = keyof typeof permissions

/** What nobody may by a grant, only by their role. */
export const rolePermissions = {
  'group.manage': 'admin',
  'group.shareWithAny': 'admin',
} as const satisfies Record<string, Role>

/** Executions that one has set off oneself may be read and stopped without any right in the conversation (any more). */
export const senderMay: readonly Permission[] = ['execution.read', 'execution.cancel']
