import { useExecution } from '@kickstartmyai/client/react'
import type { ExecutionState } from '@kickstartmyai/client'
import type { ConversationId, Execution, ExecutionId, Message } from '@kickstartmyai/contract'
import { memo, useMemo } from 'react'
import { t } from '../../i18n/t.ts'
import { AnswerBlocks } from './answer-blocks.tsx'
import { AnswerFooter } from './answer-footer.tsx'
import { AnswerHeader } from './answer-header.tsx'
import { LiveState } from './live-state.tsx'
import { Outcome } from './outcome.tsx'
import { toBlocks } from './to-blocks.ts'
import { useSettle } from './use-settle.ts'

interface AnswerProps {
  conversationId: ConversationId
  /** The execution that makes, or made, the answer. */
  executionId: ExecutionId | null
  /** The stored answer; null while it is being made. */
  message: Message | null
  execution: Execution | undefined
  agentName: (agentId: string | null) => string
  toolTitle: (name: string) => string
  /** Asks the same again; left out where that makes no sense. */
  onRetry: (() => void) | undefined
  /** Told once, when an answer that was followed here has ended. */
  onEnd: (state: ExecutionState) => void
}

/**
 * An answer, from its first word to when it is read again years later. It is one component in both, so that what a person
 * has unfolded while it was made stays so. Only the one that is being made is drawn anew with each event.
 */
export const Answer = memo((props: AnswerProps) => {
  const { conversationId, executionId, message, execution, agentName, toolTitle, onRetry, onEnd } = props
  const liveId = message ? null : executionId
  const followed = useExecution(liveId)
  useSettle(conversationId, liveId, followed, onEnd)

  const { state } = followed
  const parts = message?.parts ?? state.parts
  const live = !message
  const blocks = useMemo(() => toBlocks(parts, { live, approvals: state.approvals }), [parts, live, state.approvals])
  const answeredBy = message ? message.agentId : (state.agentId ?? execution?.agentId)
  // Until it has started, nobody may know yet who answers.
  const name = answeredBy || message ? agentName(answeredBy ?? null) : t('chat.agent')

  return (
    <article className="group/message" aria-label={t('chat.answer', { agent: name })} aria-busy={live || undefined}>
      <AnswerHeader agentName={name} provider={execution?.provider ?? state.provider} />
      <AnswerBlocks blocks={blocks} toolTitle={toolTitle} liveId={liveId} />
      {liveId && <LiveState executionId={liveId} followed={followed} last={blocks.at(-1)} />}
      {message && !message.complete && <Outcome execution={execution} onRetry={onRetry} />}
      {message && (
        <AnswerFooter
          text={message.content}
          model={execution?.model ?? null}
          usage={message.usage}
          execution={execution}
        />
      )}
    </article>
  )
})
Answer.displayName = 'Answer'
