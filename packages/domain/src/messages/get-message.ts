import type { Message, MessageId } from '@kickstartmyai/contract'
import { findMessage } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../domain-error.ts'
import { toMessageView } from './to-message-view.ts'
import { scopeOf } from '../policy/scope-of.ts'

export async function getMessage(deps: Deps, actor: Actor, messageId: MessageId): Promise<Message> {
  const row = await findMessage(deps.db, scopeOf(actor, 'conversation.read'), messageId)
  if (!row) throw notFound('message')
  return toMessageView(row)
}
