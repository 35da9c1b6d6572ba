import { createLazyRoute, useNavigate } from '@tanstack/react-router'
import { NewAgentPage } from '../../features/agents/new-agent-page.tsx'
import { t } from '../../i18n/t.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { UnsavedGuard, useUnsaved } from '../unsaved-guard.tsx'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/app/agents/new')({ component: NewAgentRoute })

function NewAgentRoute() {
  useTitle(t('agents.newTitle'))
  const navigate = useNavigate()
  const unsaved = useUnsaved()
  return (
    <>
      <TopBar />
      <NewAgentPage
        onDirty={unsaved.set}
        onCreated={(agent) => void navigate({ to: '/agents/$agentId', params: { agentId: agent.id }, replace: true })}
      />
      <UnsavedGuard unsaved={unsaved} />
    </>
  )
}
