import type { Model, Tool } from '@kickstartmyai/contract'
import { trpc } from '@kickstartmyai/client/react'

const noModels: readonly Model[] = []
const noTools: readonly Tool[] = []

/** What this server offers changes with its configuration, not while one looks. */
const settled = { staleTime: Infinity }

export function useModels(): readonly Model[] {
  return trpc.models.list.useQuery(undefined, settled).data?.items ?? noModels
}

export function useTools(): readonly Tool[] {
  return trpc.tools.list.useQuery(undefined, settled).data?.items ?? noTools
}
