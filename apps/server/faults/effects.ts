import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** The world outside, which tools change: it counts how often each key came. */
export interface Effects extends AsyncDisposable {
  url: string
  times(key: string): number
  /** Resolves when the effect with this key has begun. */
  begun(key: string): Promise<void>
}

/** What a call asks of the world: how long it takes to answer, and with how much. */
const Call = z.object({ key: z.string(), takesMs: z.number().default(0), answerBytes: z.number().default(0) })

export async function startEffects(): Promise<Effects> {
  const counts = new Map<string, number>()
  const waiting = new Map<string, () => void>()
  const server = createServer((request, out) => {
    void json(request).then(async (body) => {
      const { key, takesMs, answerBytes } = Call.parse(body)
      counts.set(key, (counts.get(key) ?? 0) + 1)
      waiting.get(key)?.()
      await sleep(takesMs, undefined, { ref: false })
      out.setHeader('content-type', 'application/json')
      out.end(JSON.stringify({ done: key, ...(answerBytes > 0 && { flood: 'flood '.repeat(answerBytes / 6) }) }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    times: (key) => counts.get(key) ?? 0,
    begun: (key) =>
      counts.has(key) ? Promise.resolve() : new Promise((resolve) => void waiting.set(key, () => resolve())),
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}
