import type { ExecutionState } from '@kickstartmyai/client'
import { t } from '../../i18n/t.ts'

/** How much of an answer is read out; the rest can be read in its place. */
const spoken = 600

interface AnnouncerProps {
  /** The execution that has ended here; null before. */
  ended: ExecutionState | null
  agentName: (agentId: string | null) => string
}

/** Says the finished answer once, politely, to those who cannot see it arrive. */
export const Announcer = ({ ended, agentName }: AnnouncerProps) => (
  <div className="sr-only" role="status">
    {ended && announcement(ended, agentName(ended.agentId))}
  </div>
)

function announcement({ status, message }: ExecutionState, agentName: string): string {
  if (status === 'failed') return t('chat.answerFailed')
  if (status === 'cancelled') return t('chat.answerStopped')
  return `${agentName}: ${message?.content.slice(0, spoken) ?? t('chat.answered')}`
}
