import { expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { createTokenVerifier } from './access-token.ts'
import { authenticate } from './authenticate.ts'
import { logIn } from './log-in.ts'
import { logOut } from './log-out.ts'
import { refreshSession } from './refresh-session.ts'
import { register } from './register.ts'

const origin = { address: '127.0.0.1', userAgent: 'test', requestId: 'request' }
const account = { email: 'ada@example.com', password: 'correct horse' }

test('a person registers, logs in and is known by the access token', async () => {
  await using world = await createTestWorld()
  const registered = await register(world.deps, { ...account, fullName: 'Ada' }, origin)
  expect(registered.user).toMatchObject({ email: 'ada@example.com', fullName: 'Ada', role: 'user' })
  const session = await logIn(world.deps, account, origin)
  expect(await authenticate(world.deps, session.accessToken, origin)).toMatchObject({ userId: registered.user.id })
})

test.for([-10, 10])('a token of a replica whose clock is %i minutes off is taken by the others', async (minutes) => {
  await using world = await createTestWorld()
  const clock = { ...systemClock, now: () => systemClock.now() + minutes * 60_000 }
  const { accessToken, user } = await register({ ...world.deps, clock }, { ...account, fullName: 'Ada' }, origin)
  expect(await authenticate(world.deps, accessToken, origin)).toMatchObject({ userId: user.id })
})

test('an address can have one account', async () => {
  await using world = await createTestWorld()
  await register(world.deps, account, origin)
  await expect(register(world.deps, account, origin)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' })
})

test('a wrong password and an unknown address are refused with the same words', async () => {
  await using world = await createTestWorld()
  await register(world.deps, account, origin)
  const wrong = await logIn(world.deps, { ...account, password: 'wrong' }, origin).catch((error: unknown) => error)
  const unknown = await logIn(world.deps, { ...account, email: 'b@example.com' }, origin).catch(
    (error: unknown) => error,
  )
  expect(wrong).toMatchObject({ code: 'INVALID_CREDENTIALS' })
  expect(unknown).toEqual(wrong)
})

test('a refresh gives new tokens; a second one with the same token within the grace gives the same ones', async () => {
  await using world = await createTestWorld()
  const first = await register(world.deps, account, origin)
  const second = await refreshSession(world.deps, first.refreshToken)
  const parallel = await refreshSession(world.deps, first.refreshToken)
  expect(second.refreshToken).not.toBe(first.refreshToken)
  expect(parallel.refreshToken).toBe(second.refreshToken)
  expect((await refreshSession(world.deps, second.refreshToken)).user.id).toBe(first.user.id)
})

test('a refresh token that was spent long ago ends the session for whoever holds it', async () => {
  await using world = await createTestWorld()
  const first = await register(world.deps, account, origin)
  const second = await refreshSession(world.deps, first.refreshToken)
  const third = await refreshSession(world.deps, second.refreshToken)
  await expect(refreshSession(world.deps, first.refreshToken)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(refreshSession(world.deps, third.refreshToken)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(authenticate(world.deps, third.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})

test('after the grace the token before the current one counts as stolen', async () => {
  await using world = await createTestWorld()
  world.deps.auth.refreshGraceSeconds = 0
  const first = await register(world.deps, account, origin)
  await refreshSession(world.deps, first.refreshToken)
  await expect(refreshSession(world.deps, first.refreshToken)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})

test.for([
  undefined,
  '',
  'x',
  'a.b.c',
  '01a206ce-e0ec-7000-a1d2-89a4eee2c8f5.0.',
  '01a206ce-e0ec-7000-a1d2-89a4eee2c8f5.0.AAAA',
])('a refresh token that is not ours is refused: %s', async (token) => {
  await using world = await createTestWorld()
  await expect(refreshSession(world.deps, token)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})

test('logging out ends the session at once', async () => {
  await using world = await createTestWorld()
  const session = await register(world.deps, account, origin)
  await logOut(world.deps, null, session.refreshToken, origin)
  await expect(authenticate(world.deps, session.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(refreshSession(world.deps, session.refreshToken)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})

test('an access token that is over says so; one of another making is refused', async () => {
  await using world = await createTestWorld()
  const session = await register(world.deps, account, origin)
  const clock = { ...systemClock, now: () => Date.now() + 3_600_000 }
  const later = { ...world.deps, verifyAccessToken: createTokenVerifier(world.deps.auth, clock) }
  await expect(authenticate(later, session.accessToken, origin)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
  const otherSecret = { ...world.deps.auth, secret: new TextEncoder().encode('another secret of sufficient length') }
  const other = { ...world.deps, verifyAccessToken: createTokenVerifier(otherSecret, systemClock) }
  await expect(authenticate(other, session.accessToken, origin)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  await expect(authenticate(world.deps, session.refreshToken ?? '', origin)).rejects.toMatchObject({
    code: 'UNAUTHORIZED',
  })
})

test('a token that was found good before is over when its time comes', async () => {
  await using world = await createTestWorld()
  const session = await register(world.deps, account, origin)
  let now = Date.now()
  const verify = createTokenVerifier(world.deps.auth, { ...systemClock, now: () => now })
  const sessionId = await verify(session.accessToken)
  expect(await verify(session.accessToken)).toBe(sessionId)
  now += 3_600_000
  await expect(verify(session.accessToken)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' })
  await expect(verify(`${session.accessToken.slice(0, -2)}xx`)).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})
