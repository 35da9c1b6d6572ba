import type { ApiError } from '@kickstartmyai/contract'
import { TRPCClientError } from '@trpc/client'

export function apiErrorOf(error: unknown): ApiError | null {
  if (error instanceof TRPCClientError) return (error.data as { error?: ApiError } | null)?.error ?? null
  return null
}

/** The server was not reached: there was no answer at all. */
export const isConnectionError = (error: unknown): boolean => !navigator.onLine || (error instanceof TRPCClientError && error.data == null)
