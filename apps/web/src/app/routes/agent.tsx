import type { AgentId } from '@kickstartmyai/contract'
import { createLazyRoute, useNavigate, useParams } from '@tanstack/react-router'
import { EditAgentPage } from '../../features/agents/edit-agent-page.tsx'
import { t } from '../../i18n/t.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { UnsavedGuard, useUnsaved } from '../unsaved-guard.tsx'
import { useTitle } from '../use-title.ts'
import { NotFound } from './not-found.tsx'

export const Route = createLazyRoute('/app/agents/$agentId')({ component: AgentRoute })

function AgentRoute() {
  useTitle(t('agents.editTitle'))
  const navigate = useNavigate()
  const { agentId } = useParams({ from: '/app/agents/$agentId' })
  const unsaved = useUnsaved()
  return (
    <>
      <TopBar />
      <EditAgentPage
        key={agentId}
        agentId={agentId as AgentId}
        onDirty={unsaved.set}
        onDeleted={() => void navigate({ to: '/agents', replace: true })}
        missing={<NotFound title={t('agents.missing')} text={t('error.notFoundText')} />}
      />
      <UnsavedGuard unsaved={unsaved} />
    </>
  )
}
