import { t } from '../../i18n/t.ts'
import { errorText } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { PendingSend } from './outbox.ts'
import { UserMessage } from './user-message.tsx'

interface PendingMessageProps {
  pending: PendingSend
  onRetry: () => void
  onEdit: () => void
}

/** A message on its way, or one that did not get there. */
export function PendingMessage({ pending, onRetry, onEdit }: PendingMessageProps) {
  if (pending.state === 'sending') {
    return (
      <UserMessage text={pending.text} pending>
        <p className="flex h-8 touch:h-10 items-center text-xs text-subtle">{t('chat.sending')}</p>
      </UserMessage>
    )
  }
  const { title, text, reference } = errorText(pending.error)
  return (
    <UserMessage text={pending.text} pending>
      <ErrorNotice
        className="mt-2 w-full max-w-[36rem]"
        title={`${t('chat.sendFailed')}: ${title}`}
        reference={reference}
        action={
          <>
            <Button variant="primary" onClick={onRetry}>
              {t('chat.sendAgain')}
            </Button>
            <Button onClick={onEdit}>{t('chat.editAgain')}</Button>
          </>
        }
      >
        {text && <p>{text}</p>}
        <p>{t('chat.sendFailedText')}</p>
      </ErrorNotice>
    </UserMessage>
  )
}
