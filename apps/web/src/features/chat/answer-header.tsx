import { t } from '../../i18n/t.ts'
import { Badge } from '../../ui/badge.tsx'

interface AnswerHeaderProps {
  agentName: string
  provider: string | null
}

/** Who answers; a stand-in says that it is one. */
export const AnswerHeader = ({ agentName, provider }: AnswerHeaderProps) => (
  <header className="mb-1.5 flex min-h-6 items-center gap-2">
    <h2 className="truncate text-sm font-semibold">{agentName}</h2>
    {provider === 'demo' && (
      <span className="inline-flex" data-tip={t('chat.demoText')}>
        <Badge tone="warn">{t('chat.demo')}</Badge>
        <span className="sr-only">{t('chat.demoText')}</span>
      </span>
    )}
  </header>
)
