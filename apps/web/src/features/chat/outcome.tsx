import type { Execution, ExecutionError } from '@kickstartmyai/contract'
import { CircleStop, RotateCcw } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'

interface OutcomeProps {
  execution: Pick<Execution, 'id' | 'status' | 'error'> | undefined
  onRetry: (() => void) | undefined
}

/** Why an answer is not whole: stopped by the person, or failed. Says what is safe and what can be done. */
export function Outcome({ execution, onRetry }: OutcomeProps) {
  const retry = onRetry && (
    <Button onClick={onRetry}>
      <RotateCcw className="size-4" aria-hidden />
      {t('chat.retry')}
    </Button>
  )
  if (execution?.status === 'cancelled') {
    return (
      <div className="my-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted">
        <span className="inline-flex items-center gap-1.5" title={t('chat.stoppedText')}>
          <CircleStop className="size-4" aria-hidden />
          {t('chat.stopped')}
        </span>
        {retry}
      </div>
    )
  }
  return (
    <ErrorNotice
      className="my-3"
      title={failureTitle(execution?.error ?? null)}
      reference={execution && { label: t('common.executionId'), id: execution.id }}
      action={retry}
    >
      {execution?.error?.message && <p>{execution.error.message}</p>}
      <p>{t('failureText')}</p>
    </ErrorNotice>
  )
}

const failureTitle = (error: ExecutionError | null): string => (error ? t(`failure.${error.code}`) : t('chat.cutShort'))
