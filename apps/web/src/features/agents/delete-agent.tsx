import type { Agent } from '@kickstartmyai/contract'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { trpc } from '@kickstartmyai/client/react'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FormSection } from '../../ui/form-section.tsx'
import { toast } from '../../ui/toast.ts'

interface DeleteAgentProps {
  agent: Agent
  onDeleted: () => void
}

/** The last section of an agent's page. */
export function DeleteAgent({ agent, onDeleted }: DeleteAgentProps) {
  const [asking, setAsking] = useState(false)
  const utils = trpc.useUtils()
  const remove = trpc.agents.delete.useMutation({
    onSuccess: async () => {
      await utils.agents.list.invalidate(undefined, { refetchType: 'all' })
      setAsking(false)
      toast(t('agents.deleted', { name: agent.name }))
      onDeleted()
    },
    onError: (error) => toast(errorText(error).title, { description: errorText(error).text }),
  })
  return (
    <FormSection title={t('agents.section.danger')} text={t('agents.sectionText.danger')}>
      <Button variant="quietDanger" className="self-start" onClick={() => setAsking(true)}>
        <Trash2 className="size-4" aria-hidden />
        {t('agents.deleteAction')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t('agents.deleteTitle', { name: agent.name })}
        description={t('agents.deleteText')}
        action={t('agents.deleteAction')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ agentId: agent.id })}
        onClose={() => setAsking(false)}
      />
    </FormSection>
  )
}
