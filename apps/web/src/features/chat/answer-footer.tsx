import type { Execution, Usage } from '@kickstartmyai/contract'
import { formatDateTime, formatDuration, formatNumber } from '../../i18n/format.ts'
import { t } from '../../i18n/t.ts'
import { CopyButton } from '../../ui/copy-button.tsx'

interface AnswerFooterProps {
  text: string
  model: string | null
  usage: Usage | null
  execution: Execution | undefined
}

/** The figures of an answer, quiet until one looks for them. */
export function AnswerFooter({ text, model, usage, execution }: AnswerFooterProps) {
  const total = usage ? usage.inputTokens + usage.outputTokens : 0
  const took =
    execution?.startedAt && execution.endedAt ? Date.parse(execution.endedAt) - Date.parse(execution.startedAt) : null
  return (
    <footer className="quiet-actions flex min-h-8 touch:min-h-10 flex-wrap items-center gap-x-3 text-xs text-subtle">
      {text !== '' && <CopyButton text={() => text} label={t('chat.copyMessage')} className="-ml-2 -mr-2" />}
      {model && <span>{model}</span>}
      {usage && total > 0 && (
        <span
          title={t('chat.tokensDetail', {
            input: formatNumber(usage.inputTokens),
            output: formatNumber(usage.outputTokens),
          })}
        >
          {t('chat.tokens', { count: formatNumber(total) })}
        </span>
      )}
      {took !== null && <span>{formatDuration(took)}</span>}
      {execution?.endedAt && <time dateTime={execution.endedAt}>{formatDateTime(execution.endedAt)}</time>}
    </footer>
  )
}
