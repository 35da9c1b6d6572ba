import type { AccountPolicy } from '@kickstartmyai/contract'
import { trpc } from '@kickstartmyai/client/react'

/** Who may make an account here; undefined until the server has said so. */
export function useAccountPolicy(): AccountPolicy | undefined {
  return trpc.auth.policy.useQuery(undefined, { staleTime: 60_000 }).data
}
