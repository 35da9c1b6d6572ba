import { useEffect } from 'react'
import { t } from '../i18n/t.ts'

/** The title of the window while a page is shown. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · ${t('product')}` : t('product')
  }, [title])
}
