import type { ConversationId } from '@kickstartmyai/contract'
import { createLazyRoute, useParams } from '@tanstack/react-router'
import { useActiveAgents } from '../../features/agents/use-agents.ts'
import { ConversationView } from '../../features/chat/conversation-view.tsx'
import { useConversationTitle } from '../../features/conversations/use-conversation-title.ts'
import { t } from '../../i18n/t.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { useAgentWords } from '../use-agent-words.ts'
import { useTitle } from '../use-title.ts'
import { NotFound } from './not-found.tsx'

export const Route = createLazyRoute('/app/c/$conversationId')({ component: ConversationRoute })

function ConversationRoute() {
  const params = useParams({ from: '/app/c/$conversationId' })
  const conversationId = params.conversationId as ConversationId
  const title = useConversationTitle(conversationId)
  const agents = useActiveAgents() ?? []
  const words = useAgentWords()
  useTitle(title)
  return (
    <>
      <TopBar title={title} />
      <ConversationView
        key={conversationId}
        conversationId={conversationId}
        agents={agents}
        {...words}
        missing={<NotFound title={t('error.notFound')} text={t('error.notFoundText')} />}
      />
    </>
  )
}
