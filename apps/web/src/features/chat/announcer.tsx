import { t } from '../../i18n/t.ts'
import type { ExecutionFold } from './fold-execution.ts'

/** How much of an answer is read out; the rest can be read in its place. */
const spoken = 600

interface AnnouncerProps {
  fold: ExecutionFold
  agentName: string
}

/** Says the finished answer once, politely, to those who cannot see it arrive. */
export const Announcer = ({ fold, agentName }: AnnouncerProps) => (
  <div className="sr-only" role="status">
    {announcement(fold, agentName)}
  </div>
)

function announcement({ status, message }: ExecutionFold, agentName: string): string {
  switch (status) {
    case 'completed':
      return `${agentName}: ${message?.content.slice(0, spoken) ?? t('chat.answered')}`
    case 'failed':
      return t('chat.answerFailed')
    case 'cancelled':
      return t('chat.answerStopped')
    default:
      return ''
  }
}
