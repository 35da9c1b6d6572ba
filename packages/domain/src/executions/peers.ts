import { ExecutionId } from '@kickstartmyai/contract'
import type { Channel } from '@kickstartmyai/db'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { EventHub } from './event-hub.ts'

/** What processes tell each other: hints, never facts. Whoever misses one finds out a little later by looking. */
const Message = z.object({
  from: z.string(),
  /**
   * `follow`: tell me of these. `news`: these have gone on. `taken`: these, which ran elsewhere, run here now. `stop`: end
   * these. `queued`: there is something to take.
   */
  type: z.enum(['follow', 'news', 'taken', 'stop', 'queued']),
  ids: z.array(ExecutionId),
})
type Message = z.infer<typeof Message>

export interface Peers {
  /** A stop was asked for, of an execution that does not run here. */
  stop(executionId: ExecutionId): void
  /** Something was queued that this process does not take itself. */
  queued(): void
}

interface PeerOptions {
  /** Names this process. */
  self: string
  channel: Channel
  events: EventHub
  clock: Clock
  onStop: (executionId: ExecutionId) => void
  onQueued: () => void
}

/** Hints are collected for so long: one message for many. */
const collectMs = 10
/** How often those that are followed are named again, and for how long they are told of. */
const renewMs = 3000
const followedMs = 3 * renewMs
const idsAtATime = 150

/**
 * Wakes followers in other processes. A process is told only of what it said that it follows, so that an execution which
 * nobody follows elsewhere costs nothing.
 */
export function createPeers({ self, channel, events, clock, onStop, onQueued }: PeerOptions): Peers {
  /** Executions that others follow, and until when. */
  const wanted = new Map<ExecutionId, number>()
  /** Those that ran here until a moment ago: a wish to follow them may be on its way. */
  const justClosed = new Set<ExecutionId>()
  const collected = new Map<Message['type'], Set<ExecutionId>>()

  const tell = (type: Message['type'], ids: readonly ExecutionId[] = []) => {
    for (let from = 0; from === 0 || from < ids.length; from += idsAtATime) {
      channel.send(JSON.stringify({ from: self, type, ids: ids.slice(from, from + idsAtATime) } satisfies Message))
    }
  }
  const collect = (type: Message['type'], id: ExecutionId) => {
    const ids = collected.get(type)
    if (ids) return ids.add(id)
    collected.set(type, new Set([id]))
    return void clock.sleep(collectMs).then(() => {
      const all = [...(collected.get(type) ?? [])]
      collected.delete(type)
      tell(type, all)
    })
  }
  let isRenewing = false
  const renew = async () => {
    for (let ids = events.followedElsewhere(); ids.length > 0; ids = events.followedElsewhere()) {
      await clock.sleep(renewMs)
      for (const id of ids) collect('follow', id)
    }
    isRenewing = false
  }

  const hear = {
    follow(id: ExecutionId) {
      const isHere = events.logOf(id) !== undefined
      if (!wanted.has(id) && (isHere || justClosed.has(id))) collect('news', id)
      if (!isHere) return
      wanted.set(id, clock.now() + followedMs)
    },
    news: (id: ExecutionId) => events.wake(id),
    taken(id: ExecutionId) {
      if (events.isFollowedElsewhere(id)) collect('follow', id)
    },
    stop: onStop,
    queued: onQueued,
  }

  events.observe({
    opened(id, lastSeq) {
      // Who followed it where it ran before cannot know whom to tell so.
      if (lastSeq > 0) collect('taken', id)
    },
    followedElsewhere(id) {
      collect('follow', id)
      if (isRenewing) return
      isRenewing = true
      void renew()
    },
    closed(id) {
      if (wanted.delete(id)) collect('news', id)
      justClosed.add(id)
      void clock.sleep(renewMs).then(() => justClosed.delete(id))
    },
    published(id) {
      const until = wanted.get(id)
      if (until === undefined) return
      if (until < clock.now()) wanted.delete(id)
      else collect('news', id)
    },
  })
  channel.listen(
    (text) => {
      const message = parse(text)
      if (!message || message.from === self) return
      if (message.type === 'queued') onQueued()
      else for (const id of message.ids) hear[message.type](id)
    },
    () => {
      for (const id of events.followedElsewhere()) {
        collect('follow', id)
        events.wake(id)
      }
    },
  )
  return { stop: (id) => tell('stop', [id]), queued: () => tell('queued') }
}

/** Another version of this program may say what this one does not know. */
function parse(text: string): Message | undefined {
  try {
    return Message.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
