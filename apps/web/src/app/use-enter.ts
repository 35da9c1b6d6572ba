import type { AuthSession } from '@kickstartmyai/contract'
import { useRouteContext, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { setToken } from '../lib/client.ts'
import { safeNext } from './safe-next.ts'

export function useEnter(next: string | undefined): (session: AuthSession) => void {
  const { session } = useRouteContext({ from: '__root__' })
  const router = useRouter()
  return useCallback(
    (entered) => {
      setToken(entered.accessToken)
      session.enter(entered)
      void router.navigate({ href: safeNext(next), replace: true })
    },
    [session, router, next],
  )
}
