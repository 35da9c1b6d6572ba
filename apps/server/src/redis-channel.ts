import type { Channel } from '@kickstartmyai/db'
import { createClient } from '@redis/client'

export interface RedisOptions {
  url: string
  onError: (error: unknown) => void
}

const channel = 'kickstartmyai'

/** A channel by Redis pub/sub, on two connections that are made again by themselves. What is said meanwhile is lost. */
export function openRedisChannel({ url, onError }: RedisOptions): Channel {
  const socket = { connectTimeout: 5000, reconnectStrategy: (tries: number) => Math.min(100 * 2 ** tries, 5000) }
  const options = { url, socket, pingInterval: 10_000, disableOfflineQueue: true }
  const speaking = createClient(options)
  const hearing = createClient(options)
  let hear: (message: string) => void = () => {}
  let onGap = () => {}
  speaking.on('error', onError)
  hearing.on('error', onError)
  hearing.on('ready', () => onGap())

  void speaking.connect().catch(onError)
  void hearing
    .connect()
    .then(() => hearing.subscribe(channel, (message) => hear(message)))
    .then(() => onGap())
    .catch(onError)

  return {
    send(message) {
      if (speaking.isReady) void speaking.publish(channel, message).catch(onError)
    },
    listen(onMessage, whenGap) {
      hear = onMessage
      onGap = whenGap
    },
    async close() {
      speaking.destroy()
      hearing.destroy()
    },
  }
}
