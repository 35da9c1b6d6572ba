import type { AuthSession } from '@kickstartmyai/contract'
import { useRouteContext, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { safeNext } from './safe-next.ts'

/** What happens once somebody has signed in: on to where they wanted to go. */
export function useEnter(next: string | undefined): (session: Pick<AuthSession, 'user'>) => void {
  const { session } = useRouteContext({ from: '__root__' })
  const router = useRouter()
  return useCallback(
    (entered) => {
      session.enter(entered.user)
      void router.navigate({ href: safeNext(next), replace: true })
    },
    [session, router, next],
  )
}
