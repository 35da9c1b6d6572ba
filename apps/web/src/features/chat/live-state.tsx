import type { FollowedExecution } from '@kickstartmyai/client/react'
import type { ExecutionId } from '@kickstartmyai/contract'
import { WifiOff } from 'lucide-react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import type { Block } from './to-blocks.ts'

interface LiveStateProps {
  executionId: ExecutionId
  followed: FollowedExecution
  /** What has been drawn last. */
  last: Block | undefined
}

/** One truthful line below what has arrived. */
export function LiveState({ executionId, followed: { state, connection, error, again }, last }: LiveStateProps) {
  switch (connection) {
    case 'lost':
      return (
        <ErrorNotice
          className="my-3"
          title={t('chat.followFailed')}
          reference={{ label: t('common.executionId'), id: executionId }}
          action={<Button onClick={again}>{t('common.retry')}</Button>}
        >
          {error && <p>{errorText(error).title}.</p>}
          <p>{t('chat.followFailedText')}</p>
        </ErrorNotice>
      )
    case 'reconnecting':
      return (
        <p className="my-2 flex items-center gap-2 text-sm text-warn" role="status">
          <WifiOff className="size-4" aria-hidden />
          {t('chat.reconnecting')}
        </p>
      )
    case 'connecting':
    case 'live':
      return (
        <>
          {state.attempt > 1 && (
            <p className="my-2 text-xs text-subtle">{t('chat.attemptAgain', { attempt: state.attempt })}</p>
          )}
          {/* The card of a call says itself that it runs, or that it waits for the person. */}
          {!(last?.kind === 'tool' && last.state === 'running') && state.status !== 'waiting' && (
            <p className="my-2 flex min-h-6 items-center gap-2 text-sm text-muted">
              <span className="pulse-dot size-2 rounded-full bg-accent-text" aria-hidden />
              {last?.kind !== 'text' && stateText(state.status, last === undefined)}
            </p>
          )}
        </>
      )
    case 'ended':
      return null
  }
}

function stateText(status: string, empty: boolean): string {
  if (status === 'queued') return t('chat.queued')
  return empty ? t('chat.thinking') : t('chat.working')
}
