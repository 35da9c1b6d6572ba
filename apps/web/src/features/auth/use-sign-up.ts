import type { AuthSession } from '@kickstartmyai/contract'
import { trpc } from '@kickstartmyai/client/react'

export function useSignUp(onEnter: (session: AuthSession) => void) {
  return trpc.auth.register.useMutation({ onSuccess: onEnter })
}
