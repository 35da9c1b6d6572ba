import { type MessageId, type SendMessageInput } from '@kickstartmyai/contract'
import type { SendContext } from '@kickstartmyai/db'
import { DomainError, notFound } from '../domain-error.ts'
import type { UserCaps } from '../user-caps.ts'

export interface Judgement {
  agent: NonNullable<SendContext['agent']>
  /** The message that the new one answers; null for the first of a conversation. */
  parentId: MessageId | null
}

/** Whether a send may go on, and with what. Throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED, LIMIT_EXCEEDED or CONVERSATION_BUSY. */
export function judgeSend(context: SendContext, input: SendMessageInput, caps: UserCaps): Judgement {
  const agent = chooseAgent(context, input)
  checkActive(context.active, caps)
  if (context.busy && agent.when_busy === 'refuse') throw busy(agent.name)
  if (input.parentMessageId !== undefined && context.parent_message_id === null) throw notFound('message')
  return { agent, parentId: context.parent_message_id ?? context.newest_message_id }
}

function chooseAgent(context: SendContext, { agentId }: SendMessageInput) {
  const { agent, conversation_agent_id: own, newest_message_id: newest } = context
  if (!agent && agentId !== undefined) throw notFound('agent')
  // Another agent than the one that was spoken to must not answer unasked.
  if (agentId === undefined && own === null && newest !== null) {
    throw refused('The agent of this conversation was deleted. Name another one.')
  }
  if (!agent && own === null) throw refused('Create an agent first.')
  if (!agent) throw new DomainError('FORBIDDEN', 'You may not use the agent of this conversation. Name another one.')
  if (agent.status !== 'active') throw refused(`The agent “${agent.name}” is ${agent.status}. Activate it.`)
  return agent
}

function refused(message: string): DomainError {
  return new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'agentId', message }] })
}

/** Throws LIMIT_EXCEEDED when no more of a person's executions may be under way. */
export function checkActive(active: number, caps: UserCaps): void {
  if (active < caps.active) return
  const message = `At most ${caps.active} answers can be under way at a time. Wait for one or stop one.`
  throw new DomainError('LIMIT_EXCEEDED', message, { retryAfterSeconds: 5 })
}

function busy(name: string): DomainError {
  const message = `The agent “${name}” takes no message while it answers another one. Wait for the answer or stop it.`
  return new DomainError('CONVERSATION_BUSY', message)
}
