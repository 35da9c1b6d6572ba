import type { Agent, AgentStatus } from '@kickstartmyai/contract'
import { useMemo } from 'react'
import { trpc } from '@kickstartmyai/client/react'

const limit = 50

/** The person's agents, newest first. */
export function useAgents(status: AgentStatus | undefined) {
  const { data, ...query } = trpc.agents.list.useInfiniteQuery(
    { limit, ...(status && { status }) },
    { getNextPageParam: (page) => page.nextCursor ?? undefined },
  )
  const agents = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return { agents, ...query }
}

/** The agents that can be talked to; undefined while they are fetched. */
export function useActiveAgents(): readonly Agent[] | undefined {
  return trpc.agents.list.useQuery({ limit: 100, status: 'active' }).data?.items
}
