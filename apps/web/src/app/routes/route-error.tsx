import { toClientError } from '@kickstartmyai/client'
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'

/** How often a server that does not answer is asked again, in milliseconds. */
const patience = 4000

/** In place of a page that failed. What was fetched wrong is fetched again; what was drawn wrong is drawn again. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const { title, reference } = errorText(error)
  const unreachable = toClientError(error).code === 'NETWORK'
  const again = () => {
    reset()
    void router.invalidate()
  }
  const knock = useEffectEvent(again)
  useEffect(() => {
    if (!unreachable) return
    const timer = setInterval(() => knock(), patience)
    return () => clearInterval(timer)
  }, [unreachable])

  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex min-h-dvh w-full max-w-lg flex-1 flex-col justify-center gap-4 p-6"
    >
      <h1 className="text-xl font-semibold tracking-tight">
        {unreachable ? t('auth.restoreFailed') : t('error.page')}
      </h1>
      <ErrorNotice
        title={title}
        reference={reference}
        action={
          <>
            <Button variant="primary" onClick={again}>
              {t('common.retry')}
            </Button>
            {!unreachable && (
              <Link to="/chat" className={buttonClass()}>
                {t('common.backToChat')}
              </Link>
            )}
          </>
        }
      >
        {unreachable ? t('auth.restoreFailedText') : t('error.pageText')}
      </ErrorNotice>
    </main>
  )
}
