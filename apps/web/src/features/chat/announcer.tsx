import type { ExecutionState } from '@kickstartmyai/client'
import { useEffect } from 'react'
import { t } from '../../i18n/t.ts'

/** How much of an answer is read out; the rest can be read in its place. */
const spoken = 600

/** WAI-ARIA 1.3, "ariaNotify": speech without a copy of the text in the page. Not in every browser yet. */
interface Notifying {
  ariaNotify?: (text: string) => void
}

interface AnnouncerProps {
  /** The execution that has ended here; null before. */
  ended: ExecutionState | null
  agentName: (agentId: string | null) => string
}

/** Tells those who cannot see it that an answer is there, once and politely, and reads it out where that is possible. */
export function Announcer({ ended, agentName }: AnnouncerProps) {
  useEffect(() => {
    const content = ended?.status === 'completed' ? ended.message?.content : undefined
    if (content) (document as Notifying).ariaNotify?.(content.slice(0, spoken))
  }, [ended])

  return (
    <div className="sr-only" role="status">
      {ended && announcement(ended.status, agentName(ended.agentId))}
    </div>
  )
}

function announcement(status: ExecutionState['status'], agent: string): string {
  if (status === 'failed') return t('chat.answerFailed', { agent })
  if (status === 'cancelled') return t('chat.answerStopped', { agent })
  return t('chat.answered', { agent })
}
