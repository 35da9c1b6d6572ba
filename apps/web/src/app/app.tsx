import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { api, setToken, trpc, trpcClient } from '../lib/client.ts'
import { apiErrorOf } from '../lib/client-error.ts'
import { TipLayer } from '../ui/tip-layer.tsx'
import { IdleToaster } from './idle-toaster.tsx'
import { createAppRouter } from './router.tsx'
import { createSessionStore } from './session-store.ts'

function createWorld() {
  const session = createSessionStore(() =>
    api.auth.refresh().then((s) => { setToken(s.accessToken); return s }, (error) => {
      if (apiErrorOf(error)) return null
      throw error
    }),
  )
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } })
  return { router: createAppRouter(session), queryClient }
}

export function App() {
  const [{ router, queryClient }] = useState(createWorld)
  return (
    <CSPProvider disableStyleElements>
      <trpc.Provider client={trpcClient} queryClient={queryClient}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <TipLayer />
          <IdleToaster />
        </QueryClientProvider>
      </trpc.Provider>
    </CSPProvider>
  )
}
