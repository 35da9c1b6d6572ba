import { t } from '../../i18n/t.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'

/** While the session is restored or a page is fetched, when it takes long enough to be noticed. */
export const RoutePending = () => (
  <div className="flex min-h-full flex-1 flex-col items-center justify-center gap-4 p-6" role="status">
    <BrandMark className="pulse-dot size-9" />
    <p className="text-sm text-muted">{t('auth.restoring')}</p>
  </div>
)
