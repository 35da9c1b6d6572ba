import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Env } from './env.ts'

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

/** Opens the port. Throws with words for the operator when it is taken. */
export async function listen(fetch: Fetch, env: Env): Promise<Listening> {
  const server = createAdaptorServer({
    fetch,
    serverOptions: { requestTimeout: 60_000, headersTimeout: 20_000 },
  }) as HttpServer
  server.keepAliveTimeout = 65_000
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
