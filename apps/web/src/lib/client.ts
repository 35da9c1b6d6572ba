import type { AppRouter } from '@kickstartmyai/api/app-router'
import type { AuthSession, ExecutionEvent, ExecutionId } from '@kickstartmyai/contract'
import { createTRPCClient, httpBatchLink, type TRPCLink, TRPCClientError } from '@trpc/client'
import { createTRPCReact } from '@trpc/react-query'

let token: string | null = null
export const setToken = (next: string | null) => { token = next }
const links: TRPCLink<AppRouter>[] = [httpBatchLink({ url: '/trpc', maxItems: 20, headers: () => (token ? { authorization: `Bearer ${token}` } : {}) })]
export const trpc = createTRPCReact<AppRouter>()
export const trpcClient = trpc.createClient({ links })
const raw = createTRPCClient<AppRouter>({ links })

export const api = {
  conversations: {
    send: raw.conversations.send.mutate,
    create: raw.conversations.create.mutate,
  },
  auth: { refresh: (): Promise<AuthSession> => raw.auth.refresh.mutate({}) as Promise<AuthSession>, logout: () => raw.auth.logout.mutate({}) },
  executions: {
    async *follow(executionId: ExecutionId, { signal, onReconnecting }: { signal: AbortSignal; onReconnecting: () => void }): AsyncGenerator<ExecutionEvent> {
      let last = 0
      for (;;) {
        try {
          const res = await fetch(`/api/v1/executions/${executionId}/events?lastEventId=${last}`, { signal, headers: { authorization: `Bearer ${token}` } })
          if (!res.ok || !res.body) throw new Error(String(res.status))
          const reader = res.body.pipeThrough(new TextDecoderStream()).getReader()
          let buf = ''
          for (;;) {
            const { done, value } = await reader.read()
            if (done) break
            buf += value
            let i
            while ((i = buf.indexOf('\n\n')) >= 0) {
              const chunk = buf.slice(0, i); buf = buf.slice(i + 2)
              const data = /^data: (.*)$/m.exec(chunk)?.[1]
              if (!data || !/^id:/m.test(chunk)) continue
              const event = JSON.parse(data) as ExecutionEvent
              last = event.seq
              yield event
              if (/execution\.(completed|failed|cancelled)/.test(event.type)) return
            }
          }
        } catch (e) { if (signal.aborted) throw e }
        onReconnecting()
        await new Promise((r) => setTimeout(r, 1000))
      }
    },
  },
}
export { TRPCClientError }
