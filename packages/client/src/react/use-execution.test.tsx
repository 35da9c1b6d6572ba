// @vitest-environment happy-dom
import { QueryClient } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { Activity, type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { createClient } from '../create-client.ts'
import { type FollowedExecution, KickStartProvider, trpc, useExecution } from '../react.tsx'
import {
  type Answer,
  completed,
  deltas,
  eventStream,
  frame,
  json,
  playServer,
  refusal,
} from '../testing/played-server.ts'

afterEach(cleanup)

function world(answer: Answer) {
  const server = playServer(answer)
  const client = createClient({ url: 'http://api', fetch: server.fetch })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <KickStartProvider client={client} queryClient={queryClient}>
      {children}
    </KickStartProvider>
  )
  return { ...server, wrapper }
}

test('an execution is followed to its end, in far fewer drawings than events', async () => {
  const { wrapper } = world(() => eventStream([...deltas(1, 200), completed(201)].map(frame), 'close'))
  let drawings = 0
  const { result } = renderHook(
    () => {
      drawings += 1
      return useExecution('e1')
    },
    { wrapper },
  )
  expect(result.current.connection).toBe('connecting')
  await waitFor(() => expect(result.current.connection).toBe('ended'))
  expect(result.current.state).toMatchObject({ status: 'completed', lastSeq: 201 })
  expect(result.current.state.parts).toHaveLength(1)
  expect(drawings).toBeLessThan(100)
})

test('another execution starts from nothing, and the one before is let go', async () => {
  const { wrapper, requests } = world(({ path, signal }) =>
    eventStream(deltas(1, path.includes('e1') ? 3 : 1).map(frame), 'open', signal),
  )
  const { result, rerender, unmount } = renderHook<FollowedExecution, { id: string | null }>(
    ({ id }) => useExecution(id),
    {
      wrapper,
      initialProps: { id: 'e1' },
    },
  )
  await waitFor(() => expect(result.current.state.lastSeq).toBe(3))
  expect(result.current.connection).toBe('live')
  rerender({ id: 'e2' })
  expect(result.current.state.lastSeq).toBe(0)
  expect(requests[0]?.signal?.aborted).toBe(true)
  await waitFor(() => expect(result.current.state.lastSeq).toBe(1))
  rerender({ id: null })
  expect(result.current.state.status).toBe('queued')
  unmount()
  await waitFor(() => expect(requests.every(({ signal }) => signal?.aborted)).toBe(true))
})

test('one that is hidden is let go, and goes on after what was heard when it is shown again', async () => {
  let isShown = true
  const { wrapper: Wrapper, requests } = world(({ query, signal }) => {
    const after = Number(query.get('lastEventId'))
    return eventStream(
      (after === 0 ? deltas(1, 3) : [...deltas(after + 1, 5), completed(6)]).map(frame),
      'open',
      signal,
    )
  })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <Wrapper>
      <Activity mode={isShown ? 'visible' : 'hidden'}>{children}</Activity>
    </Wrapper>
  )
  const { result, rerender } = renderHook(() => useExecution('e1'), { wrapper })
  const show = (how: boolean) => {
    isShown = how
    rerender()
  }
  await waitFor(() => expect(result.current.state.lastSeq).toBe(3))
  show(false)
  await waitFor(() => expect(requests[0]?.signal?.aborted).toBe(true))
  expect(requests).toHaveLength(1)
  show(true)
  await waitFor(() => expect(result.current.connection).toBe('ended'))
  expect(result.current.state.parts).toEqual([{ type: 'text', text: 't1 t2 t3 t4 t5 ' }])
  show(false)
  show(true)
  await waitFor(() => expect(result.current.connection).toBe('ended'))
  expect(requests.map(({ query }) => query.get('lastEventId'))).toEqual(['0', '3'])
})

test('one whose page is gone for good starts from nothing when the page comes back', async () => {
  const { wrapper, requests } = world(({ signal }) => eventStream(deltas(1, 3).map(frame), 'open', signal))
  const first = renderHook(() => useExecution('e1'), { wrapper })
  await waitFor(() => expect(first.result.current.state.lastSeq).toBe(3))
  first.unmount()
  expect(requests[0]?.signal?.aborted).toBe(true)
  const second = renderHook(() => useExecution('e1'), { wrapper })
  await waitFor(() => expect(second.result.current.state.parts).toEqual([{ type: 'text', text: 't1 t2 t3 ' }]))
  expect(requests.map(({ query }) => query.get('lastEventId'))).toEqual(['0', '0'])
})

test('one that is lost says why, and can be taken up again', async () => {
  const { wrapper } = world((_, index) =>
    index === 0 ? refusal(403, 'FORBIDDEN') : eventStream([...deltas(1, 1), completed(2)].map(frame), 'close'),
  )
  const { result } = renderHook(() => useExecution('e1'), { wrapper })
  await waitFor(() => expect(result.current.connection).toBe('lost'))
  expect(result.current.error).toMatchObject({ code: 'FORBIDDEN' })
  act(() => result.current.again())
  await waitFor(() => expect(result.current.connection).toBe('ended'))
  expect(result.current).toMatchObject({ error: null, state: { status: 'completed' } })
})

test('hooks of queries are batched and go through the same client', async () => {
  const user = { id: 'u' }
  const { wrapper, requests } = world(() => json([{ result: { data: user } }, { result: { data: { items: [] } } }]))
  const { result } = renderHook(() => ({ me: trpc.auth.me.useQuery(), models: trpc.models.list.useQuery() }), {
    wrapper,
  })
  await waitFor(() => expect(result.current.models.data).toEqual({ items: [] }))
  expect(result.current.me.data).toEqual(user)
  expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /trpc/auth.me,models.list'])
})

test('an infinite list asks for the next page after the cursor, and for nothing that the server does not know', async () => {
  const { wrapper, requests } = world((_, index) =>
    json([{ result: { data: { items: [], nextCursor: index === 0 ? 'page-2' : null } } }]),
  )
  const { result } = renderHook(
    () => trpc.agents.list.useInfiniteQuery({ limit: 5 }, { getNextPageParam: (page) => page.nextCursor ?? undefined }),
    { wrapper },
  )
  await waitFor(() => expect(result.current.hasNextPage).toBe(true))
  await act(() => result.current.fetchNextPage())
  expect(requests.map(({ query }) => query.get('input'))).toEqual([
    '{"0":{"limit":5}}',
    '{"0":{"limit":5,"cursor":"page-2"}}',
  ])
})
