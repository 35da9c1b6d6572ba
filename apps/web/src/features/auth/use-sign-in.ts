import type { AuthSession } from '@kickstartmyai/contract'
import { trpc } from '../../lib/client.ts'

export function useSignIn(onEnter: (session: AuthSession) => void) {
  return trpc.auth.login.useMutation({ onSuccess: onEnter })
}
