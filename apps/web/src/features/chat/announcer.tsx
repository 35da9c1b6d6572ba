import type { ExecutionState } from '@kickstartmyai/client'
import { t } from '../../i18n/t.ts'

/** How much of an answer is read out; the rest can be read in its place. */
const spoken = 600

interface AnnouncerProps {
  state: ExecutionState
  agentName: string
}

/** Says the finished answer once, politely, to those who cannot see it arrive. */
export const Announcer = ({ state, agentName }: AnnouncerProps) => (
  <div className="sr-only" role="status">
    {announcement(state, agentName)}
  </div>
)

function announcement({ status, message }: ExecutionState, agentName: string): string {
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
