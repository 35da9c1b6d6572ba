import type { Agent, AgentId } from '@kickstartmyai/contract'
import { Link } from '@tanstack/react-router'
import { MessageSquare } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import { errorText, isMissing } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { trpc } from '@kickstartmyai/client/react'
import { Button, buttonClass } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { toDraft } from './agent-draft.ts'
import { AgentEditor } from './agent-editor.tsx'
import { DeleteAgent } from './delete-agent.tsx'

interface EditAgentPageProps {
  agentId: AgentId
  onDeleted: () => void
  onDirty: (dirty: boolean) => void
  /** What to show for an agent that does not exist. */
  missing: ReactNode
}

export function EditAgentPage({ agentId, onDeleted, onDirty, missing }: EditAgentPageProps) {
  const { data: agent, error, refetch } = trpc.agents.get.useQuery({ agentId })
  if (agent) return <Editing agent={agent} onDeleted={onDeleted} onDirty={onDirty} />
  if (error) {
    const said = errorText(error)
    if (isMissing(error)) return missing
    return (
      <Page title={t('agents.editTitle')}>
        <ErrorNotice
          title={said.title}
          reference={said.reference}
          action={<Button onClick={() => void refetch()}>{t('common.retry')}</Button>}
        >
          {said.text}
        </ErrorNotice>
      </Page>
    )
  }
  return (
    <Page title={t('agents.editTitle')}>
      <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-4">
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-36 w-full" />
      </div>
    </Page>
  )
}

function Editing({
  agent,
  onDeleted,
  onDirty,
}: {
  agent: Agent
  onDeleted: () => void
  onDirty: (dirty: boolean) => void
}) {
  const utils = trpc.useUtils()
  const stored = useMemo(() => toDraft(agent), [agent])
  const update = trpc.agents.update.useMutation({
    onSuccess: async (saved) => {
      utils.agents.get.setData({ agentId: saved.id }, saved)
      toast(t('agents.saved'))
      await utils.agents.list.invalidate(undefined, { refetchType: 'all' })
    },
  })
  const chat = agent.status === 'active' && (
    <Link
      to="/chat"
      search={{ agent: agent.id }}
      className={buttonClass()}
      aria-label={t('agents.chatWith', { name: agent.name })}
    >
      <MessageSquare className="size-4" aria-hidden />
      {t('agents.chat')}
    </Link>
  )
  return (
    <Page title={agent.name} lead={agent.description} actions={chat}>
      <AgentEditor
        stored={stored}
        isNew={false}
        busy={update.isPending}
        error={update.error}
        onSave={(input) => update.mutate({ agentId: agent.id, ...input })}
        onDirty={onDirty}
      >
        <DeleteAgent
          agent={agent}
          onDeleted={() => {
            onDirty(false)
            onDeleted()
          }}
        />
      </AgentEditor>
    </Page>
  )
}
