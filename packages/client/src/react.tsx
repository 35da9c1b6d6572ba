import type { AppRouter } from '@kickstartmyai/api/app-router'
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createTRPCReact, type CreateTRPCReact } from '@trpc/react-query'
import type { ReactNode } from 'react'
import { type Client, transport } from './create-client.ts'
import { ClientContext } from './react/client-context.ts'

export { useClient } from './react/client-context.ts'
export { type FollowedExecution, useExecution, type UseExecutionOptions } from './react/use-execution.ts'

/** React Query hooks of every procedure: `trpc.agents.list.useQuery({})`. Their errors are told by `toClientError`. */
export const trpc: CreateTRPCReact<AppRouter, unknown> = createTRPCReact<AppRouter>()

export interface KickStartProviderProps {
  client: Client
  queryClient: QueryClient
  children: ReactNode
}

/** Gives the hooks below it a client and a cache. */
export function KickStartProvider({ client, queryClient, children }: KickStartProviderProps) {
  return (
    <ClientContext value={client}>
      <trpc.Provider client={client[transport]} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      </trpc.Provider>
    </ClientContext>
  )
}
