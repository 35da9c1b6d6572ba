import type { Agent, AgentId, ConversationId } from '@kickstartmyai/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '../../i18n/t.ts'
import { buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { trpc, useClient } from '@kickstartmyai/client/react'
import { AgentPicker } from './agent-picker.tsx'
import { ChatFrame } from './chat-frame.tsx'
import { newClientKey } from './client-key.ts'
import { Composer } from './composer.tsx'
import { conversationCache } from './conversation-cache.ts'
import type { PendingSend } from './outbox.ts'
import { PendingMessage } from './pending-message.tsx'
import { StartScreen } from './start-screen.tsx'
import { keepDraft } from './use-draft.ts'
import { useSender } from './use-sender.ts'

const place = 'new'

interface NewChatViewProps {
  /** The agents that can be chosen; undefined while they are fetched. */
  agents: readonly Agent[] | undefined
  /** The agent that will answer; undefined while the agents are fetched, and when there is none. */
  agent: Agent | undefined
  /** The agent that the address names: who sends before the agents are there still talks to that one. */
  wanted: AgentId | undefined
  isDemo: (agentId: AgentId | null) => boolean
  onChooseAgent: (agentId: AgentId) => void
  /** The conversation exists and the first message is on its way. */
  onStarted: (conversationId: ConversationId) => void
}

/** Before the first word. The conversation is made with the first message, so that looking leaves nothing behind. */
export function NewChatView({ agents, agent, wanted, isDemo, onChooseAgent, onStarted }: NewChatViewProps) {
  const client = useClient()
  const utils = trpc.useUtils()
  const sender = useSender()
  const [first, setFirst] = useState<PendingSend | null>(null)

  const start = async (pending: PendingSend) => {
    setFirst({ ...pending, state: 'sending' })
    try {
      const conversation = await client.conversations.create(pending.agentId ? { agentId: pending.agentId } : {})
      utils.conversations.get.setData({ conversationId: conversation.id }, conversation)
      conversationCache(utils).startEmpty(conversation.id)
      void sender.send(conversation.id, { ...pending, agentId: undefined })
      onStarted(conversation.id)
    } catch (error) {
      setFirst({ ...pending, state: 'failed', error })
    }
  }
  const begin = (text: string) =>
    void start({ clientKey: newClientKey(), text, agentId: agent?.id ?? wanted, state: 'sending' })

  return (
    <ChatFrame
      label={t('chat.heading')}
      composer={() => (
        <Composer
          key={first?.state}
          place={place}
          placeholder={agent ? t('chat.placeholder', { agent: agent.name }) : t('chat.placeholderPlain')}
          running={first?.state === 'sending'}
          busy={t('chat.sending')}
          lastSent={undefined}
          disabled={agents?.length === 0}
          onSend={begin}
          onStop={() => {}}
          tools={
            agent &&
            agents && (
              <AgentPicker
                agents={agents}
                value={agent.id}
                name={agent.name}
                demo={isDemo(agent.id)}
                onChange={onChooseAgent}
              />
            )
          }
        />
      )}
    >
      {first ? (
        <PendingMessage
          pending={first}
          onRetry={() => void start(first)}
          onEdit={() => {
            keepDraft(place, first.text)
            setFirst(null)
          }}
        />
      ) : (
        <StartScreen agentName={agent?.name} onExample={begin}>
          {agents?.length === 0 && <NoAgent />}
        </StartScreen>
      )}
    </ChatFrame>
  )
}

const NoAgent = () => (
  <EmptyState
    title={t('chat.noAgentTitle')}
    action={
      <Link to="/agents/new" className={buttonClass('primary')}>
        {t('agents.create')}
      </Link>
    }
  >
    {t('chat.noAgentText')}
  </EmptyState>
)
