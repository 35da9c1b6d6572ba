import { createLazyRoute } from '@tanstack/react-router'
import { SettingsPage } from '../../features/settings/settings-page.tsx'
import { t } from '../../i18n/t.ts'
import { useSession } from '../session-context.ts'
import { useShell } from '../shell/shell-context.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { useTitle } from '../use-title.ts'

export const Route = createLazyRoute('/app/settings')({ component: SettingsRoute })

function SettingsRoute() {
  useTitle(t('settings.title'))
  const { user, signOut } = useSession()
  const { showShortcuts } = useShell()
  return (
    <>
      <TopBar />
      <SettingsPage user={user} onSignOut={signOut} onShowShortcuts={showShortcuts} />
    </>
  )
}
