import { useClient } from '@kickstartmyai/client/react'
import { useQueryClient } from '@tanstack/react-query'
import { useRouteContext, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { errorText } from '../i18n/error-text.ts'
import { t } from '../i18n/t.ts'
import { toast } from '../ui/toast.ts'

/** Signs out, here and at the server. Stays when the server was not reached: the cookie would still be a way in. */
export function useSignOut(): () => void {
  const client = useClient()
  const { session } = useRouteContext({ from: '__root__' })
  const queryClient = useQueryClient()
  const router = useRouter()
  return useCallback(() => {
    client.auth.logout().then(
      async () => {
        session.leave()
        await router.navigate({ to: '/sign-in', replace: true })
        queryClient.clear()
      },
      (error: unknown) => toast(t('shell.signOutFailed'), { description: errorText(error).title }),
    )
  }, [client, session, queryClient, router])
}
