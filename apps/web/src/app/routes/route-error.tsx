import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'

/** In place of a page that failed. What was fetched wrong is fetched again; what was drawn wrong is drawn again. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { title, reference } = errorText(error)
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex min-h-dvh w-full max-w-lg flex-1 flex-col justify-center gap-4 p-6"
    >
      <h1 className="text-xl font-semibold tracking-tight">{t('error.page')}</h1>
      <ErrorNotice
        title={title}
        reference={reference}
        action={
          <>
            <Button variant="primary" onClick={again}>
              {t('common.retry')}
            </Button>
            <Link to="/chat" className={buttonClass()}>
              {t('common.backToChat')}
            </Link>
          </>
        }
      >
        {t('error.pageText')}
      </ErrorNotice>
    </main>
  )
}
