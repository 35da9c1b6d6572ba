import type { AuthSession } from '@kickstartmyai/contract'
import { trpc } from '../../lib/client.ts'

export function useSignUp(onEnter: (session: AuthSession) => void) {
  return trpc.auth.register.useMutation({ onSuccess: onEnter })
}
