import type { AuthSession } from '@kickstartmyai/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useRouteContext, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { safeNext } from './safe-next.ts'

/** What happens once somebody has signed in: on to where they wanted to go, with nothing left of who was here before. */
export function useEnter(next: string | undefined): (session: Pick<AuthSession, 'user'>) => void {
  const { session } = useRouteContext({ from: '__root__' })
  const queryClient = useQueryClient()
  const router = useRouter()
  return useCallback(
    ({ user }) => {
      queryClient.clear()
      session.enter(user)
      void router.navigate({ href: safeNext(next), replace: true })
    },
    [session, queryClient, router, next],
  )
}
