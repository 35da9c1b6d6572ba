import { Link } from '@tanstack/react-router'
import { t } from '../../i18n/t.ts'
import { buttonClass } from '../../ui/button.tsx'
import { useTitle } from '../use-title.ts'

/** For an address that nobody knows. */
export function NotFoundPage() {
  useTitle(t('notFound.title'))
  return (
    <main id="main" tabIndex={-1} className="min-h-dvh">
      <NotFound title={t('notFound.title')} text={t('notFound.text')} />
    </main>
  )
}

/** In place of something that is not, or no longer, there. */
export const NotFound = ({ title, text }: { title: string; text: string }) => (
  <div className="mx-auto flex w-full max-w-lg flex-1 flex-col items-start justify-center px-6 py-24">
    <p className="font-mono text-sm text-accent-text">404</p>
    <h1 className="mt-2 text-2xl font-semibold tracking-tight text-balance">{title}</h1>
    <p className="mt-2 mb-6 text-base text-muted text-pretty">{text}</p>
    <Link to="/chat" className={buttonClass('primary')}>
      {t('common.backToChat')}
    </Link>
  </div>
)
