import { useClient } from '@kickstartmyai/client/react'
import { useCallback } from 'react'
import { errorText } from '../i18n/error-text.ts'
import { t } from '../i18n/t.ts'
import { toast } from '../ui/toast.ts'

/**
 * Signs out, here and at the server, and loads the app anew, so that nothing of the person stays in memory. Stays when
 * the server was not reached: the cookie would still be a way in.
 */
export function useSignOut(): () => void {
  const client = useClient()
  return useCallback(() => {
    client.auth.logout().then(
      () => {
        sessionStorage.clear()
        location.assign('/sign-in')
      },
      (error: unknown) => toast(t('shell.signOutFailed'), { description: errorText(error).title }),
    )
  }, [client])
}
