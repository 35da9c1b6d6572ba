import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Channel } from './channel.ts'

export interface NotifyOptions {
  url: string
  /** Told of a connection that broke; it is made again by itself. */
  onError: (error: unknown) => void
}

const channel = 'kickstartmyai'
/** How often the connection is tried out: one that was cut without a word would be silent for ever. */
const tryOutMs = 10_000
const longestPauseMs = 5000

/** A channel by LISTEN and NOTIFY, on a connection of its own. What is said while it is broken is lost. */
export function openNotifyChannel({ url, onError }: NotifyOptions): Channel {
  const closing = new AbortController()
  let client: pg.Client | null = null
  let hear: (message: string) => void = () => {}
  let onGap = () => {}

  /** Resolves when the connection is broken. */
  const stayConnected = async () => {
    const mine = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
      application_name: 'kickstartmyai listen',
    })
    const broken = Promise.withResolvers<never>()
    broken.promise.catch(() => {})
    mine.on('error', broken.reject)
    mine.on('end', () => broken.reject(new Error('the connection ended')))
    mine.on('notification', ({ payload }) => hear(payload ?? ''))
    try {
      await mine.connect()
      await mine.query(`listen ${channel}`)
      client = mine
      onGap()
      for (;;) {
        await Promise.race([sleep(tryOutMs, undefined, { signal: closing.signal }), broken.promise])
        await mine.query('select 1')
      }
    } finally {
      client = null
      void mine.end().catch(() => {})
    }
  }

  const run = async () => {
    for (let pause = 100; !closing.signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      const startedAt = Date.now()
      await stayConnected().catch((error: unknown) => {
        if (!closing.signal.aborted) onError(error)
      })
      if (Date.now() - startedAt > longestPauseMs) pause = 100
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => {})
    }
  }
  const running = run()

  return {
    send: (message) => void client?.query('select pg_notify($1, $2)', [channel, message]).catch(() => {}),
    listen(onMessage, whenGap) {
      hear = onMessage
      onGap = whenGap
    },
    async close() {
      closing.abort()
      await running
    },
  }
}
