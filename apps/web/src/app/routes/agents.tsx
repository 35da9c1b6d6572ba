import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router'
import { AgentsPage } from '../../features/agents/agents-page.tsx'
import { t } from '../../i18n/t.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/app/agents')({ component: AgentsRoute })

function AgentsRoute() {
  useTitle(t('agents.title'))
  const navigate = useNavigate()
  const { status = 'all' } = useSearch({ from: '/app/agents' })
  return (
    <>
      <TopBar />
      <AgentsPage
        filter={status}
        onFilter={(next) =>
          void navigate({ to: '/agents', search: next === 'all' ? {} : { status: next }, replace: true })
        }
      />
    </>
  )
}
