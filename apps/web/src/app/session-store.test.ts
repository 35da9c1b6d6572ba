import type { User } from '@kickstartmyai/contract'
import { expect, test, vi } from 'vitest'
import { createSessionStore } from './session-store.ts'

const ada = { email: 'ada@example.com' } as User

test('asks once, however many ask', async () => {
  const findUser = vi.fn(async () => ada)
  const session = createSessionStore(findUser)
  const states = await Promise.all([session.restore(), session.restore()])
  await session.restore()
  const signedIn = { status: 'signed-in', user: ada }
  expect(states).toEqual([signedIn, signedIn])
  expect(findUser).toHaveBeenCalledOnce()
})

test('a server that cannot be reached signs nobody out, and is asked again', async () => {
  const findUser = vi
    .fn<() => Promise<User | null>>()
    .mockRejectedValueOnce(new Error('no network'))
    .mockResolvedValueOnce(null)
  const session = createSessionStore(findUser)
  await expect(session.restore()).rejects.toThrow('no network')
  expect(session.state()).toEqual({ status: 'restoring' })
  expect(await session.restore()).toEqual({ status: 'signed-out' })
})

test('tells of coming and going', async () => {
  const session = createSessionStore(async () => null)
  const states: string[] = []
  const stop = session.subscribe(() => states.push(session.state().status))
  session.enter(ada)
  session.leave()
  stop()
  session.enter(ada)
  expect(states).toEqual(['signed-in', 'signed-out'])
})
