import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { proxies } from '@kickstartmyai/api'
import type { Env } from './env.ts'
import { limitConnections } from './limit-connections.ts'

export interface Listening {
  url: string
  /** New connections are refused; the open ones go on. */
  stopAccepting(): void
  /**
   * Ends what is still open, after a moment in which answers that end by themselves reach their readers: a follower is told
   * when to come back.
   */
  close(): Promise<void>
}

const farewellMs = 500

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch']

/** How long a request may take to arrive, all of it and its headers, and how often this is looked at, in milliseconds. */
export const patience = { requestTimeout: 60_000, headersTimeout: 20_000, connectionsCheckingInterval: 5000 }

/** Opens the port. Throws with words for the operator when it is taken. */
export async function listen(fetch: Fetch, env: Env, serverOptions: typeof patience = patience): Promise<Listening> {
  const server = createAdaptorServer({ fetch, serverOptions }) as HttpServer
  server.keepAliveTimeout = 65_000
  // All are seen, and too many are refused by the app: node would drop those beyond its limit without a word.
  server.maxHeadersCount = 0
  limitConnections(server, env.MAX_CONNECTIONS, proxies(env.TRUSTED_PROXIES))
  server.listen(env.PORT, env.HOST)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${env.PORT} on ${env.HOST} is in use. Stop what listens there, or set PORT.`)
  })
  const { port } = server.address() as AddressInfo
  const host = ['0.0.0.0', '::', '127.0.0.1'].includes(env.HOST) ? 'localhost' : env.HOST
  const closed = once(server, 'close')
  return {
    url: env.PUBLIC_URL ?? `http://${host}:${port}`,
    stopAccepting: () => {
      server.close()
      server.closeIdleConnections()
    },
    close: async () => {
      if (server.listening) server.close()
      const tidy = setInterval(() => server.closeIdleConnections(), 20)
      const cut = setTimeout(() => server.closeAllConnections(), farewellMs)
      await closed
      clearInterval(tidy)
      clearTimeout(cut)
    },
  }
}
