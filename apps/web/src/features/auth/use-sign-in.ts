import type { AuthSession } from '@kickstartmyai/contract'
import { trpc } from '@kickstartmyai/client/react'

export function useSignIn(onEnter: (session: AuthSession) => void) {
  return trpc.auth.login.useMutation({ onSuccess: onEnter })
}
