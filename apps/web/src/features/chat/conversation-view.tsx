import type { Agent, AgentId, ConversationId } from '@kickstartmyai/contract'
import { useMemo, useState, type ReactNode } from 'react'
import { errorText, isMissing } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import type { ExecutionState } from '@kickstartmyai/client'
import { trpc } from '@kickstartmyai/client/react'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { AgentPicker } from './agent-picker.tsx'
import { Announcer } from './announcer.tsx'
import { ChatFrame } from './chat-frame.tsx'
import { newClientKey } from './client-key.ts'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { MessagesSkeleton } from './messages-skeleton.tsx'
import { usePendingSends } from './outbox-context.tsx'
import { toItems } from './to-items.ts'
import { useChooseAgent } from './use-choose-agent.ts'
import { keepDraft } from './use-draft.ts'
import { useExecutions } from './use-executions.ts'
import { useMessages } from './use-messages.ts'
import { useSender } from './use-sender.ts'
import { useStop } from './use-stop.ts'
import { useStrayExecution } from './use-stray-execution.ts'

interface ConversationViewProps {
  conversationId: ConversationId
  /** The agents that can be chosen. */
  agents: readonly Agent[]
  agentName: (agentId: string | null) => string
  toolTitle: (name: string) => string
  isDemo: (agentId: AgentId | null) => boolean
  /** What to show for a conversation that does not exist. */
  missing: ReactNode
}

export function ConversationView({
  conversationId,
  agents,
  agentName,
  toolTitle,
  isDemo,
  missing,
}: ConversationViewProps) {
  const conversation = trpc.conversations.get.useQuery({ conversationId }, { refetchOnWindowFocus: 'always' })
  const { messages, isPending, error, refetch } = useMessages(conversationId)
  const executions = useExecutions(conversationId)
  const pending = usePendingSends(conversationId)
  const sender = useSender()
  const choose = useChooseAgent()
  const [recalled, setRecalled] = useState(0)
  const [ended, setEnded] = useState<ExecutionState | null>(null)

  const liveId = conversation.data?.activeExecutionId ?? null
  useStrayExecution(conversationId, { liveId, messages, executions })
  const { stop, stopping } = useStop(liveId)

  const items = useMemo(
    () => toItems({ messages, pending, executions, liveId }),
    [messages, pending, executions, liveId],
  )
  const lastSent = messages.findLast((message) => message.role === 'user')?.content
  const running = liveId !== null || pending.some((one) => one.state === 'sending')
  const agentId = conversation.data?.agentId ?? null
  const agentGone = conversation.isSuccess && agentId === null

  const placeholder = agentGone
    ? t('chat.agentDeletedText')
    : agentId
      ? t('chat.placeholder', { agent: agentName(agentId) })
      : t('chat.placeholderPlain')

  if (isMissing(conversation.error)) return missing

  const send = (text: string) => {
    setEnded(null)
    void sender.send(conversationId, { clientKey: newClientKey(), text, agentId: undefined, state: 'sending' })
  }

  return (
    <ChatFrame
      label={t('chat.heading')}
      composer={(toEnd) => (
        <Composer
          key={recalled}
          place={conversationId}
          placeholder={placeholder}
          running={running}
          busy={stopping ? t('chat.stopping') : liveId ? undefined : t('chat.sending')}
          disabled={agentGone}
          lastSent={lastSent}
          onSend={(text) => {
            send(text)
            toEnd()
          }}
          onStop={stop}
          tools={
            conversation.data && (
              <AgentPicker
                agents={agents}
                value={agentId}
                name={agentName(agentId)}
                demo={isDemo(agentId)}
                onChange={(next) => choose.mutate({ conversationId, agentId: next })}
              />
            )
          }
        />
      )}
    >
      {isPending && pending.length === 0 && <MessagesSkeleton />}
      {error && <LoadError error={error} onRetry={() => void refetch()} />}
      <MessageList
        conversationId={conversationId}
        items={items}
        agentName={agentName}
        toolTitle={toolTitle}
        onAskAgain={running || lastSent === undefined || agentGone ? undefined : () => send(lastSent)}
        onResend={(one) => void sender.send(conversationId, one)}
        onEdit={(one) => {
          keepDraft(conversationId, one.text)
          sender.drop(conversationId, one)
          setRecalled((count) => count + 1)
        }}
        onEnd={setEnded}
      />
      <Announcer ended={ended} agentName={agentName} />
    </ChatFrame>
  )
}

const LoadError = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const { text, reference } = errorText(error)
  return (
    <ErrorNotice
      title={t('chat.loadFailed')}
      reference={reference}
      action={<Button onClick={onRetry}>{t('common.retry')}</Button>}
    >
      {text}
    </ErrorNotice>
  )
}
