import type { Person } from './person.ts'
import { follow, followPlainly, insist, say, statusesOf, type Trial } from './trial.ts'

interface StreamsOptions {
  /** Where servers are, or a balancer before them; each connection takes any of them. */
  urls: readonly string[]
  count: number
  tokens: number
  paceMs: number
  /** What some of the messages say besides. */
  extra?: () => string
}

export interface Streams {
  executionIds: string[]
  /** Resolves when all followers have heard the end. */
  followed: Promise<unknown>
  /** What has become of them. */
  statuses(): Promise<string[]>
}

/** Answers that are under way, each followed by two: what a fault then falls upon. */
export async function openStreams(
  trial: Trial,
  person: Person,
  { urls, count, tokens, paceMs, extra = () => '' }: StreamsOptions,
): Promise<Streams> {
  const { random } = trial
  const url = () => random.pick(urls)
  const begun = Array.from({ length: count }, async () => {
    const content = `${extra()} [[tokens ${random.int(Math.ceil(tokens / 2), tokens)}]] [[pace ${paceMs}]]`
    const { id } = await insist(() => person.at(url()).conversations.create({ agentId: person.agents.openai }))
    const { executionId } = await say(trial, person, person.at(url()), content, { conversationId: id })
    return {
      executionId,
      followed: Promise.all([
        follow(trial, person.at(url()), executionId),
        followPlainly(trial, person, url, executionId),
      ]),
    }
  })
  const streams = await Promise.all(begun)
  const executionIds = streams.map(({ executionId }) => executionId)
  return {
    executionIds,
    followed: Promise.all(streams.map(({ followed }) => followed)),
    statuses: () => statusesOf(trial, executionIds),
  }
}

export const allComplete = (statuses: readonly string[]) => statuses.every((status) => status === 'completed')
