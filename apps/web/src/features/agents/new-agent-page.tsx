import type { Agent } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'
import { trpc } from '@kickstartmyai/client/react'
import { Page } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.ts'
import { emptyDraft } from './agent-draft.ts'
import { AgentEditor } from './agent-editor.tsx'

interface NewAgentPageProps {
  onCreated: (agent: Agent) => void
  onDirty: (dirty: boolean) => void
}

export function NewAgentPage({ onCreated, onDirty }: NewAgentPageProps) {
  const utils = trpc.useUtils()
  const create = trpc.agents.create.useMutation({
    onSuccess: async (agent) => {
      utils.agents.get.setData({ agentId: agent.id }, agent)
      await utils.agents.list.invalidate(undefined, { refetchType: 'all' })
      toast(t('agents.created', { name: agent.name }))
      onDirty(false)
      onCreated(agent)
    },
  })
  return (
    <Page title={t('agents.newTitle')} lead={t('agents.newLead')}>
      <AgentEditor
        stored={emptyDraft}
        isNew
        busy={create.isPending}
        error={create.error}
        onSave={create.mutate}
        onDirty={onDirty}
      />
    </Page>
  )
}
