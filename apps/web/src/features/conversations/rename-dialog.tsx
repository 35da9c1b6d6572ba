import { limits, type Conversation } from '@kickstartmyai/contract'
import { useRef, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { useRenameConversation } from './use-rename-conversation.ts'

interface RenameDialogProps {
  conversation: Conversation
  onClose: () => void
}

export function RenameDialog({ conversation, onClose }: RenameDialogProps) {
  const [title, setTitle] = useState(conversation.title)
  const input = useRef<HTMLInputElement>(null)
  const rename = useRenameConversation()
  return (
    <Dialog open onClose={onClose} title={t('conversations.renameTitle')} initialFocus={input}>
      <form
        className="mt-4 flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim())
            rename.mutate({ conversationId: conversation.id, title: title.trim() }, { onSuccess: onClose })
        }}
      >
        <Field
          label={t('conversations.title')}
          error={rename.error ? `${t('conversations.renameFailed')}: ${errorText(rename.error).title}` : undefined}
        >
          {(control) => (
            <Input
              {...control}
              ref={input}
              value={title}
              maxLength={limits.conversationTitleLength}
              onChange={(event) => setTitle(event.target.value)}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" busy={rename.isPending} disabled={title.trim() === ''}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
