import { t } from '../../i18n/t.ts'
import { Skeleton } from '../../ui/skeleton.tsx'

export const MessagesSkeleton = () => (
  <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-4">
    <Skeleton className="h-11 w-56 self-end rounded-xl" />
    <Skeleton className="mt-6 h-4 w-32" />
    <Skeleton className="h-4 w-full" />
    <Skeleton className="h-4 w-11/12" />
    <Skeleton className="h-4 w-3/5" />
  </div>
)
