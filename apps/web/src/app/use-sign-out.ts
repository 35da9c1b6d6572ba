import { useQueryClient } from '@tanstack/react-query'
import { useRouteContext, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api, setToken } from '../lib/client.ts'

export function useSignOut(): () => void {
  const { session } = useRouteContext({ from: '__root__' })
  const queryClient = useQueryClient()
  const router = useRouter()
  return useCallback(() => {
    void api.auth.logout().catch(() => {})
    setToken(null)
    session.leave()
    queryClient.clear()
    void router.navigate({ to: '/sign-in' })
  }, [session, queryClient, router])
}
