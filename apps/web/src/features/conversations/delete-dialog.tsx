import type { Conversation } from '@kickstartmyai/contract'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { toast } from '../../ui/toast.ts'
import { titleOf } from './title-of.ts'
import { useDeleteConversation } from './use-delete-conversation.ts'

interface DeleteDialogProps {
  conversation: Conversation
  onClose: () => void
  /** After it is gone: a page that shows it has to leave. */
  onDeleted: (conversation: Conversation) => void
}

export function DeleteDialog({ conversation, onClose, onDeleted }: DeleteDialogProps) {
  const remove = useDeleteConversation()
  const confirm = () =>
    remove.mutate(
      { conversationId: conversation.id },
      {
        onSuccess: () => {
          onClose()
          onDeleted(conversation)
          toast(t('conversations.deleted'))
        },
        onError: (error) => toast(t('conversations.deleteFailed'), { description: errorText(error).title }),
      },
    )
  return (
    <ConfirmDialog
      open
      title={t('conversations.deleteTitle')}
      description={t('conversations.deleteText', { title: titleOf(conversation) })}
      action={t('common.delete')}
      busy={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
