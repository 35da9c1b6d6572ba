import { CornerDownLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'

interface StartScreenProps {
  agentName: string | undefined
  onExample: (text: string) => void
  /** Shown instead of the first steps. */
  children?: ReactNode
}

const examples = ['chat.example1', 'chat.example2', 'chat.example3'] as const

/** Before the first word: what this is, and three real first steps. */
export const StartScreen = ({ agentName, onExample, children }: StartScreenProps) => (
  <div className="flex min-h-[calc(100dvh-18rem)] flex-col justify-end gap-8 pb-2">
    <div>
      <h1 className="text-2xl font-semibold tracking-tight text-balance sm:text-[2rem] sm:leading-10">
        {t('chat.emptyTitle')}
      </h1>
      <p className="mt-2 max-w-[34rem] text-base text-muted">
        {agentName ? t('chat.emptyLead', { agent: agentName }) : t('chat.emptyLeadPlain')}
      </p>
    </div>
    {children || (
      <section aria-label={t('chat.tryThis')}>
        <ul className="divide-y divide-line border-y border-line">
          {examples.map((key) => (
            <li key={key}>
              <button
                type="button"
                className="group/example flex min-h-11 w-full items-center justify-between gap-3 py-2 text-left text-base leading-6 text-muted transition-colors hover:text-fg"
                onClick={() => onExample(t(key))}
              >
                {t(key)}
                <CornerDownLeft
                  className="size-4 shrink-0 text-subtle opacity-0 transition-opacity group-hover/example:opacity-100 group-focus-visible/example:opacity-100"
                  aria-hidden
                />
              </button>
            </li>
          ))}
        </ul>
      </section>
    )}
  </div>
)
