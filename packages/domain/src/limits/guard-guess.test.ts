import { expect, test } from 'vitest'
import { logIn } from '../auth/log-in.ts'
import { register } from '../auth/register.ts'
import type { Origin } from '../actor.ts'
import { hashPassword } from '../auth/password.ts'
import { DomainError } from '../domain-error.ts'
import { createTestWorld } from '../testing/test-world.ts'
import { newDeviceToken, readDeviceToken } from './device-token.ts'
import { createGate } from './gate.ts'
import { guessRules, limitRules } from './limit-rules.ts'

const account = { email: 'ada@example.com', password: 'long enough' }
const home: Origin = { address: '192.0.2.7', userAgent: null, requestId: null }
const elsewhere = (n: number): Origin => ({ ...home, address: `2001:db8:${n}::1` })
const rules = guessRules.password

async function worldWithAda() {
  const world = await createTestWorld()
  const { user } = await register(world.deps, account, home)
  const attempt = (origin: Origin, password = 'wrong', email = account.email) =>
    logIn(world.deps, { email, password }, origin).then(
      () => 'in',
      (error: { code: string }) => error.code,
    )
  const guesses = async (count: number, origin: (n: number) => Origin, email?: string) => {
    const answers = []
    for (let n = 0; n < count; n += 1) answers.push(await attempt(origin(n), 'wrong', email))
    return answers
  }
  return { world, user, attempt, guesses, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() }
}

test('guessing at one account from one place ends after a few; the right password does not help there', async () => {
  await using ada = await worldWithAda()
  const answers = await ada.guesses(rules.accountAtAddress.points + 2, () => elsewhere(1))
  expect(answers.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(rules.accountAtAddress.points)
  expect(answers.slice(-2)).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
  expect(await ada.attempt(elsewhere(1), account.password)).toBe('RATE_LIMITED')
  const sameNetwork = { ...home, address: '2001:db8:1:0:ffff::99' }
  expect(await ada.attempt(sameNetwork, account.password)).toBe('RATE_LIMITED')
  expect(await ada.attempt(home, account.password)).toBe('in')
})

test('a refusal tells how long to wait, and is the same for an account that does not exist', async () => {
  await using ada = await worldWithAda()
  const refusal = async (email: string) => {
    await ada.guesses(rules.accountAtAddress.points, () => elsewhere(2), email)
    return logIn(ada.world.deps, { email, password: 'wrong' }, elsewhere(2)).catch((error: DomainError) => error)
  }
  const [real, invented] = [await refusal(account.email), await refusal('nobody@example.com')]
  for (const refused of [real, invented]) {
    if (!(refused instanceof DomainError)) throw new Error('this should have been refused')
    expect(refused).toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('Too many attempts') })
    expect(refused.details?.retryAfterSeconds).toBeGreaterThan(0)
    expect(refused.details?.retryAfterSeconds).toBeLessThanOrEqual(rules.accountAtAddress.seconds)
  }
})

test('guessing at many accounts from one place ends too', async () => {
  await using ada = await worldWithAda()
  const answers = []
  for (let n = 0; n < rules.address.points + 1; n += 1) {
    answers.push(await ada.attempt(elsewhere(3), 'wrong', `person${n}@example.com`))
  }
  expect(answers.at(-2)).toBe('INVALID_CREDENTIALS')
  expect(answers.at(-1)).toBe('RATE_LIMITED')
})

test('guesses at once count like guesses one after the other', async () => {
  await using ada = await worldWithAda()
  const answers = await Promise.all(Array.from({ length: 30 }, () => ada.attempt(elsewhere(4))))
  expect(answers.filter((code) => code === 'INVALID_CREDENTIALS')).toHaveLength(rules.accountAtAddress.points)
})

test('a flood of guesses from everywhere slows strangers and locks nobody out', async () => {
  await using ada = await worldWithAda()
  const flood = await ada.guesses(rules.account.points + rules.stranger.points + 5, elsewhere)
  expect(flood.at(-1)).toBe('RATE_LIMITED')
  expect(await ada.attempt(elsewhere(900), account.password)).toBe('RATE_LIMITED')
  // From where she was before, and with a device that knows her, wherever it is.
  expect(await ada.attempt(home, account.password)).toBe('in')
  const device = newDeviceToken(ada.world.deps.auth, ada.user.id)
  expect(await ada.attempt({ ...elsewhere(901), device }, account.password)).toBe('in')
})

test('somebody behind the same address cannot use up the guesses of a known device, and a device has few', async () => {
  await using ada = await worldWithAda()
  await ada.guesses(rules.accountAtAddress.points + 1, () => home)
  expect(await ada.attempt(home, account.password)).toBe('RATE_LIMITED')
  const device = newDeviceToken(ada.world.deps.auth, ada.user.id)
  expect(await ada.attempt({ ...home, device }, account.password)).toBe('in')
  const answers = await ada.guesses(rules.device.points + 1, () => ({ ...home, device }))
  expect(answers.at(-1)).toBe('RATE_LIMITED')
})

test('signing in rightly is not counted', async () => {
  await using ada = await worldWithAda()
  for (let n = 0; n < rules.accountAtAddress.points * 2; n += 1) {
    expect(await ada.attempt(home, account.password)).toBe('in')
  }
})

test('a device token is for one account and cannot be made up', async () => {
  await using ada = await worldWithAda()
  const { auth } = ada.world.deps
  const token = newDeviceToken(auth, ada.user.id)
  expect(readDeviceToken(auth, ada.user.id, token)).toBe(token.split('.')[0])
  const other = ada.world.deps.newId() as typeof ada.user.id
  for (const bad of ['', '.', 'x.y', `${token}.z`, `A${token}`, token.slice(0, -2)]) {
    expect(readDeviceToken(auth, ada.user.id, bad)).toBeNull()
  }
  expect(readDeviceToken(auth, other, token)).toBeNull()
})

test('a flood of registrations from one place is refused', async () => {
  await using ada = await worldWithAda()
  ada.world.deps.limiter.take = async ({ name }, key) =>
    name === limitRules.registrationsOfAddress.name && key === '192.0.2.7' ? 120 : 0
  const refused = register(ada.world.deps, { ...account, email: 'bob@example.com' }, home)
  await expect(refused).rejects.toMatchObject({
    code: 'RATE_LIMITED',
    message: 'Too many attempts. Try again in 2 minutes.',
    details: { retryAfterSeconds: 120 },
  })
})

test('who finds too many at the gate is told to come back, and no hash is made', async () => {
  await using ada = await worldWithAda()
  ada.world.deps.passwordGate = createGate({ atOnce: 1, waiting: 0 })
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  const inside = ada.world.deps.passwordGate.run(() => held)
  expect(await ada.attempt(home, account.password)).toBe('UNAVAILABLE')
  letGo()
  await inside
  expect(await ada.attempt(home, account.password)).toBe('in')
})

test('the event loop goes on while a password is hashed', async () => {
  await using ada = await worldWithAda()
  let turned = false
  setImmediate(() => (turned = true))
  await hashPassword(ada.world.deps, account.password)
  // Had it been hashed on the event loop, its promise would have been kept before the loop turned.
  expect(turned).toBe(true)
})
