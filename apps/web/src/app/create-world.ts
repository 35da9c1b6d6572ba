import { toClientError, type Client } from '@kickstartmyai/client'
import { QueryClient } from '@tanstack/react-query'
import { createWebClient } from '../lib/client.ts'
import { createAppRouter } from './router.tsx'
import { createSessionStore } from './session-store.ts'

/** Failures that may pass by themselves; the others would only fail again. */
const passing: ReadonlySet<string> = new Set(['NETWORK', 'UNAVAILABLE', 'TIMEOUT', 'INTERNAL'])

/** What there is one of in a page: client, cache, session and router. */
export function createWorld() {
  const client: Client = createWebClient(() => session.leave())
  const session = createSessionStore(() => findUser(client))
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && passing.has(toClientError(error).code),
      },
    },
  })
  return { client, queryClient, router: createAppRouter(session) }
}

/** The person whom the browser's cookie stands for; null for nobody. Any other failure is no answer, and is thrown. */
async function findUser(client: Client) {
  try {
    return (await client.auth.refresh()).user
  } catch (error) {
    const { code } = toClientError(error)
    if (code === 'UNAUTHORIZED' || code === 'TOKEN_EXPIRED') return null
    throw error
  }
}
