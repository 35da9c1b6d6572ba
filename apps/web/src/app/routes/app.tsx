import { createLazyRoute, useRouteContext, useRouter } from '@tanstack/react-router'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { OutboxProvider } from '../../features/chat/outbox-context.tsx'
import { SessionContext } from '../session-context.ts'
import { AppShell } from '../shell/app-shell.tsx'
import { useSignOut } from '../use-sign-out.ts'

export const Route = createLazyRoute('/app')({ component: AppRoute })

/** Everything of a signed-in person. Gone the moment the session is. */
function AppRoute() {
  const { session } = useRouteContext({ from: '/app' })
  const router = useRouter()
  const signOut = useSignOut()
  const state = useSyncExternalStore(session.subscribe, session.state)
  const user = state.status === 'signed-in' ? state.user : null
  const value = useMemo(() => user && { user, signOut }, [user, signOut])

  // The gate of the router knows the way to the door, and back.
  useEffect(() => {
    if (!user) void router.invalidate()
  }, [user, router])

  if (!value) return null
  return (
    <SessionContext value={value}>
      <OutboxProvider key={value.user.id}>
        <AppShell />
      </OutboxProvider>
    </SessionContext>
  )
}
