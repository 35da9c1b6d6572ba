import type { AppRouter } from '@kickstartmyai/api/app-router'
import type { TRPCLink } from '@trpc/client'

/**
 * Leaves out the `direction` that React Query's infinite queries add to their input (`@trpc/react-query`, createHooks):
 * the server's lists go one way, and their strict inputs refuse a field they do not know.
 */
export function pagingLink(): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) => {
      if (op.type !== 'query' || typeof op.input !== 'object' || op.input === null) return next(op)
      const { direction: _, ...input } = op.input as { direction?: unknown }
      return next({ ...op, input })
    }
}
