import type { AgentStatus } from '@kickstartmyai/contract'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AgentList } from './agent-list.tsx'
import { useAgents } from './use-agents.ts'
import { useModels } from './use-catalogue.ts'

export type AgentFilter = AgentStatus | 'all'
const filters: readonly AgentFilter[] = ['all', 'active', 'inactive', 'archived']

interface AgentsPageProps {
  filter: AgentFilter
  onFilter: (filter: AgentFilter) => void
}

export function AgentsPage({ filter, onFilter }: AgentsPageProps) {
  const { agents, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useAgents(
    filter === 'all' ? undefined : filter,
  )
  const models = useModels()
  const create = (
    <Link to="/agents/new" className={buttonClass('primary')}>
      <Plus className="size-4" aria-hidden />
      {t('agents.create')}
    </Link>
  )
  return (
    <Page title={t('agents.title')} lead={t('agents.lead')} actions={create}>
      <Segmented
        label={t('agents.filter.label')}
        hideLabel
        className="mb-5"
        value={filter}
        options={filters.map((value) => ({ value, label: t(`agents.filter.${value}`) }))}
        onChange={onFilter}
      />
      {error && <LoadError error={error} onRetry={() => void refetch()} />}
      {isPending && <RowsSkeleton />}
      {!isPending && agents.length > 0 && <AgentList agents={agents} models={models} />}
      {!isPending && !error && agents.length === 0 && filter === 'all' && (
        <EmptyState title={t('agents.emptyTitle')} action={create}>
          {t('agents.emptyText')}
        </EmptyState>
      )}
      {!isPending && !error && agents.length === 0 && filter !== 'all' && (
        <p className="text-sm text-muted">{t('agents.emptyFilter')}</p>
      )}
      {hasNextPage && (
        <Button className="mt-5" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </Page>
  )
}

const LoadError = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const { text, reference } = errorText(error)
  return (
    <ErrorNotice
      title={t('agents.loadFailed')}
      reference={reference}
      action={<Button onClick={onRetry}>{t('common.retry')}</Button>}
    >
      {text}
    </ErrorNotice>
  )
}

const RowsSkeleton = () => (
  <div role="status" aria-label={t('common.loading')} className="divide-y divide-line border-y border-line">
    {[1, 2, 3].map((row) => (
      <div key={row} className="flex flex-col gap-2.5 py-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-3 w-1/3" />
      </div>
    ))}
  </div>
)
