import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { t } from '../../i18n/t.ts'

function subscribe(notify: () => void) {
  window.addEventListener('online', notify)
  window.addEventListener('offline', notify)
  return () => {
    window.removeEventListener('online', notify)
    window.removeEventListener('offline', notify)
  }
}

/** Says so while the device has no network. */
export function OfflineBar() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-sm text-warn">
          <WifiOff className="size-4 shrink-0" aria-hidden />
          {t('network.offline')}
        </p>
      )}
    </div>
  )
}
