import { type Channel, openNotifyChannel } from '@kickstartmyai/db'
import type { Logger } from 'pino'
import type { Env } from './env.ts'
import { openRedisChannel } from './redis-channel.ts'

/** How replicas wake each other: by Redis where there is one, else by PostgreSQL itself. Alone there is nobody to tell. */
export function openChannel(env: Env, log: Logger): Channel | null {
  if (!env.DATABASE_URL) return null
  const onError = (err: unknown) =>
    log.warn({ err }, 'the line to the other replicas broke; looking for events instead')
  return env.REDIS_URL
    ? openRedisChannel({ url: env.REDIS_URL, onError })
    : openNotifyChannel({ url: env.DATABASE_URL, onError })
}
