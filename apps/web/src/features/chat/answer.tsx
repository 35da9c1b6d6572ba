import type { Execution, Message } from '@kickstartmyai/contract'
import { memo, useMemo } from 'react'
import { t } from '../../i18n/t.ts'
import { AnswerBlocks } from './answer-blocks.tsx'
import { AnswerFooter } from './answer-footer.tsx'
import { AnswerHeader } from './answer-header.tsx'
import { Outcome } from './outcome.tsx'
import { toBlocks } from './to-blocks.ts'

interface AnswerProps {
  message: Message
  execution: Execution | undefined
  agentName: string
  toolTitle: (name: string) => string
  /** Asks the same again; left out where that makes no sense. */
  onRetry: (() => void) | undefined
}

/** A stored answer. */
export const Answer = memo(({ message, execution, agentName, toolTitle, onRetry }: AnswerProps) => {
  const blocks = useMemo(() => toBlocks(message.parts, { live: false }), [message.parts])
  return (
    <article className="group/message" aria-label={t('chat.answer', { agent: agentName })}>
      <AnswerHeader agentName={agentName} provider={execution?.provider ?? null} />
      <AnswerBlocks blocks={blocks} toolTitle={toolTitle} />
      {!message.complete && <Outcome execution={execution} onRetry={onRetry} />}
      <AnswerFooter
        text={message.content}
        model={execution?.model ?? null}
        usage={message.usage}
        execution={execution}
      />
    </article>
  )
})
Answer.displayName = 'Answer'
