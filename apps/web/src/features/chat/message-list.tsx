import type { FollowedExecution } from '@kickstartmyai/client/react'
import type { Item } from './to-items.ts'
import { Answer } from './answer.tsx'
import { AnswerHeader } from './answer-header.tsx'
import { LiveAnswer } from './live-answer.tsx'
import { Outcome } from './outcome.tsx'
import { PendingMessage } from './pending-message.tsx'
import type { PendingSend } from './outbox.ts'
import { UserMessage } from './user-message.tsx'

interface MessageListProps {
  items: readonly Item[]
  following: FollowedExecution
  agentName: (agentId: string | null) => string
  toolTitle: (name: string) => string
  /** Asks the last question again; left out while an answer is being made. */
  onAskAgain: (() => void) | undefined
  onResend: (pending: PendingSend) => void
  onEdit: (pending: PendingSend) => void
}

/** The rows of a conversation. Rows out of sight cost the browser no layout. */
export function MessageList({
  items,
  following,
  agentName,
  toolTitle,
  onAskAgain,
  onResend,
  onEdit,
}: MessageListProps) {
  return (
    <ol className="flex flex-col gap-5">
      {items.map((item, index) => {
        const retry = index === items.length - 1 ? onAskAgain : undefined
        return (
          <li key={item.key} className={item.kind === 'live' ? undefined : 'row'}>
            {item.kind === 'user' && <UserMessage text={item.message.content} />}
            {item.kind === 'pending' && (
              <PendingMessage
                pending={item.pending}
                onRetry={() => onResend(item.pending)}
                onEdit={() => onEdit(item.pending)}
              />
            )}
            {item.kind === 'answer' && (
              <Answer
                message={item.message}
                execution={item.execution}
                agentName={agentName(item.message.agentId)}
                toolTitle={toolTitle}
                onRetry={retry}
              />
            )}
            {item.kind === 'live' && (
              <LiveAnswer
                executionId={item.executionId}
                following={following}
                agentName={agentName(following.state.agentId)}
                toolTitle={toolTitle}
              />
            )}
            {item.kind === 'outcome' && (
              <article>
                <AnswerHeader agentName={agentName(item.execution.agentId)} provider={item.execution.provider} />
                <Outcome execution={item.execution} onRetry={retry} />
              </article>
            )}
          </li>
        )
      })}
    </ol>
  )
}
