import type { FollowedExecution } from '@kickstartmyai/client/react'
import type { ExecutionId } from '@kickstartmyai/contract'
import { WifiOff } from 'lucide-react'
import { useMemo } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { AnswerBlocks } from './answer-blocks.tsx'
import { AnswerHeader } from './answer-header.tsx'
import { toBlocks, type Block } from './to-blocks.ts'

interface LiveAnswerProps {
  executionId: ExecutionId
  following: FollowedExecution
  agentName: string
  toolTitle: (name: string) => string
}

/** The answer that is being made. */
export function LiveAnswer({ executionId, following, agentName, toolTitle }: LiveAnswerProps) {
  const { state, connection, error, again } = following
  const blocks = useMemo(
    () => toBlocks(state.parts, { live: true, awaiting: state.awaiting }),
    [state.parts, state.awaiting],
  )
  return (
    <article className="group/message" aria-label={t('chat.answer', { agent: agentName })} aria-busy>
      <AnswerHeader agentName={agentName} provider={state.provider} />
      <AnswerBlocks blocks={blocks} toolTitle={toolTitle} />
      {connection === 'lost' ? (
        <ErrorNotice
          className="my-3"
          title={t('chat.followFailed')}
          reference={{ label: t('common.executionId'), id: executionId }}
          action={<Button onClick={again}>{t('common.retry')}</Button>}
        >
          {error && <p>{errorText(error).title}.</p>}
          <p>{t('chat.followFailedText')}</p>
        </ErrorNotice>
      ) : (
        <LiveState following={following} last={blocks.at(-1)} />
      )}
    </article>
  )
}

/** One truthful line below what has arrived. */
function LiveState({
  following: { state, connection },
  last,
}: {
  following: FollowedExecution
  last: Block | undefined
}) {
  if (connection === 'reconnecting') {
    return (
      <p className="my-2 flex items-center gap-2 text-sm text-warn" role="status">
        <WifiOff className="size-4" aria-hidden />
        {t('chat.reconnecting')}
      </p>
    )
  }
  return (
    <>
      {state.attempt > 1 && (
        <p className="my-2 text-xs text-subtle">{t('chat.attemptAgain', { attempt: state.attempt })}</p>
      )}
      {!(last?.kind === 'tool' && last.state === 'running') && (
        <p className="my-2 flex min-h-6 items-center gap-2 text-sm text-muted">
          <span className="pulse-dot size-2 rounded-full bg-accent-text" aria-hidden />
          {last?.kind !== 'text' && <span>{stateText(state.status, state.parts.length === 0)}</span>}
        </p>
      )}
    </>
  )
}

function stateText(status: string, empty: boolean): string {
  if (status === 'queued') return t('chat.queued')
  if (status === 'waiting') return t('tool.waiting')
  return empty ? t('chat.thinking') : t('chat.working')
}
