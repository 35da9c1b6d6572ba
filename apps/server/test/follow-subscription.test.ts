import { createClient, memorySession } from '@kickstartmyai/client'
import { expect, test } from 'vitest'
import { startTestServer } from './test-server.ts'

interface Heard {
  id: number
  event: { type: string; seq: number; text?: string }
}

/** How tRPC's clients say what they have: EventSource by a header, a new EventSource in the address, a caller as input. */
const ways = ['header', 'query', 'input'] as const

test('a tRPC subscription that is cut again and again resumes after the last event, in each way of saying so', async () => {
  await using server = await startTestServer()
  const api = createClient({ url: server.url, session: memorySession() })
  const { accessToken } = await api.auth.register({
    email: `${crypto.randomUUID()}@example.com`,
    password: 'a long password',
  })
  const { id: conversationId } = await api.conversations.create()
  const content = 'Hello [[tokens 60]] [[pace 10]]'
  const { execution } = await api.conversations.send({ conversationId, content })

  /** Reads so many events that come after `last`, or to the end, and breaks off. */
  const read = async (last: number, way: (typeof ways)[number], most: number): Promise<Heard[]> => {
    const input = { executionId: execution.id, ...(way === 'input' && { lastEventId: last }) }
    const url = new URL('/trpc/executions.follow', server.url)
    url.searchParams.set('input', JSON.stringify(input))
    if (way === 'query') url.searchParams.set('lastEventId', String(last))
    const headers = new Headers({ authorization: `Bearer ${accessToken}` })
    if (way === 'header') headers.set('last-event-id', String(last))
    const gone = new AbortController()
    const response = await fetch(url, { headers, signal: gone.signal })
    expect(response.status).toBe(200)
    const heard: Heard[] = []
    let text = ''
    const decoder = new TextDecoder()
    for await (const piece of response.body as ReadableStream<Uint8Array>) {
      text += decoder.decode(piece, { stream: true })
      const frames = text.split('\n\n')
      text = frames.pop() ?? ''
      for (const frame of frames) {
        const [, data] = /^data: (\{"type".*\})$/m.exec(frame) ?? []
        const [, id] = /^id: (\d+)$/m.exec(frame) ?? []
        if (data !== undefined) heard.push({ id: Number(id), event: JSON.parse(data) as Heard['event'] })
      }
      if (heard.length >= most) break
    }
    gone.abort()
    return heard
  }

  const events: Heard['event'][] = []
  for (let round = 0; events.at(-1)?.type !== 'execution.completed'; round += 1) {
    const last = events.at(-1)?.seq ?? 0
    const heard = await read(last, ways[round % 3] ?? 'input', 1 + (round % 5))
    expect(heard.map(({ id }) => id)).toEqual(heard.map((_, index) => last + index + 1))
    events.push(...heard.map(({ event }) => event))
  }

  const followed = []
  for await (const event of api.executions.follow(execution.id)) followed.push(event)
  expect(events).toEqual(followed)
  const text = events.map((event) => (event.type === 'text.delta' ? event.text : '')).join('')
  expect(text.match(/\S+/g)).toHaveLength(60)
  // Nothing more to come is the end, not a reason to come back.
  for (const way of ways) expect(await read(events.length, way, 1)).toEqual([])
})

test('a server that drains tells each kind of follower to come back', async () => {
  const server = await startTestServer()
  const api = createClient({ url: server.url, session: memorySession() })
  const { accessToken } = await api.auth.register({
    email: `${crypto.randomUUID()}@example.com`,
    password: 'a long password',
  })
  const { id: conversationId } = await api.conversations.create()
  const { execution } = await api.conversations.send({ conversationId, content: 'Hello [[stall after 2]]' })
  const input = encodeURIComponent(JSON.stringify({ executionId: execution.id }))

  const follow = async (path: string) => {
    const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${accessToken}` } })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    let text = ''
    const read = async () => {
      const { done, value } = await reader.read()
      text += decoder.decode(value, { stream: true })
      return !done
    }
    while (!text.includes('"seq":3')) await read()
    const rest = async () => {
      while (await read());
      return text
    }
    return { rest }
  }
  const [plain, subscription] = await Promise.all([
    follow(`/api/v1/executions/${execution.id}/events`),
    follow(`/trpc/executions.follow?input=${input}`),
  ])
  const texts = Promise.all([plain.rest(), subscription.rest()])
  await server[Symbol.asyncDispose]()
  const [plainText, subscriptionText] = await texts
  expect(plainText).toMatch(/\nretry: \d+\n\n$/)
  expect(subscriptionText).toContain('event: serialized-error')
  expect(subscriptionText).toContain('"code":"UNAVAILABLE"')
  expect(subscriptionText).not.toContain('event: return')
})
