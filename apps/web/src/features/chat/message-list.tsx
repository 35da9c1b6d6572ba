import type { ExecutionState } from '@kickstartmyai/client'
import type { ConversationId } from '@kickstartmyai/contract'
import { Answer } from './answer.tsx'
import { AnswerHeader } from './answer-header.tsx'
import { Outcome } from './outcome.tsx'
import type { PendingSend } from './outbox.ts'
import { PendingMessage } from './pending-message.tsx'
import type { Item } from './to-items.ts'
import { UserMessage } from './user-message.tsx'

interface MessageListProps {
  conversationId: ConversationId
  items: readonly Item[]
  agentName: (agentId: string | null) => string
  toolTitle: (name: string) => string
  /** Asks the last question again; left out while an answer is being made. */
  onAskAgain: (() => void) | undefined
  onResend: (pending: PendingSend) => void
  onEdit: (pending: PendingSend) => void
  onEnd: (state: ExecutionState) => void
}

/** The rows of a conversation. Rows out of sight cost the browser no layout. */
export const MessageList = ({ items, ...rest }: MessageListProps) => (
  <ol className="flex flex-col gap-5">
    {items.map((item, index) => (
      <li key={item.key} className={item.kind === 'answer' && !item.message ? undefined : 'row'}>
        <Row item={item} isLast={index === items.length - 1} {...rest} />
      </li>
    ))}
  </ol>
)

type RowProps = Omit<MessageListProps, 'items'> & { item: Item; isLast: boolean }

function Row({ item, isLast, conversationId, agentName, toolTitle, onAskAgain, onResend, onEdit, onEnd }: RowProps) {
  const onRetry = isLast ? onAskAgain : undefined
  switch (item.kind) {
    case 'user':
      return <UserMessage text={item.message.content} />
    case 'pending':
      return (
        <PendingMessage
          pending={item.pending}
          onRetry={() => onResend(item.pending)}
          onEdit={() => onEdit(item.pending)}
        />
      )
    case 'answer':
      return (
        <Answer
          conversationId={conversationId}
          executionId={item.executionId}
          message={item.message}
          execution={item.execution}
          agentName={agentName}
          toolTitle={toolTitle}
          onRetry={onRetry}
          onEnd={onEnd}
        />
      )
    case 'outcome':
      return (
        <article>
          <AnswerHeader agentName={agentName(item.execution.agentId)} provider={item.execution.provider} />
          <Outcome execution={item.execution} onRetry={onRetry} />
        </article>
      )
  }
}
