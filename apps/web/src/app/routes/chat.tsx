import type { AgentId } from '@kickstartmyai/contract'
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router'
import { useActiveAgents } from '../../features/agents/use-agents.ts'
import { NewChatView } from '../../features/chat/new-chat-view.tsx'
import { t } from '../../i18n/t.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { useAgentWords } from '../use-agent-words.ts'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/app/chat')({ component: ChatRoute })

function ChatRoute() {
  useTitle(t('shell.newChat'))
  const navigate = useNavigate()
  const { agent: wanted } = useSearch({ from: '/app/chat' })
  const agents = useActiveAgents()
  const { isDemo } = useAgentWords()
  // The list is newest first; without a wish the server takes the first agent that was made, and so does this page.
  const agent = agents?.find((one) => one.id === wanted) ?? agents?.at(-1)
  return (
    <>
      <TopBar />
      <NewChatView
        agents={agents}
        agent={agent}
        wanted={wanted as AgentId | undefined}
        isDemo={isDemo}
        onChooseAgent={(agentId: AgentId) => void navigate({ to: '/chat', search: { agent: agentId }, replace: true })}
        onStarted={(conversationId) => void navigate({ to: '/c/$conversationId', params: { conversationId } })}
      />
    </>
  )
}
