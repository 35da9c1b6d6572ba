import { expect, test } from 'vitest'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { authenticate } from './authenticate.ts'
import { beginTotp } from './begin-totp.ts'
import { confirmTotp } from './confirm-totp.ts'
import { disableTotp } from './disable-totp.ts'
import { logIn } from './log-in.ts'
import { register } from './register.ts'
import { stepAt, totpCode, totpSecret } from './totp.ts'

const origin = { address: '192.0.2.7', userAgent: 'test', requestId: 'request' }
const account = { email: 'ada@example.com', password: 'violet harbour' }

async function withFactor(world: TestWorld) {
  let now = 1_800_000_000_000
  world.deps.clock = { ...world.deps.clock, now: () => now }
  const { accessToken, user } = await register(world.deps, account, origin)
  const actor = await authenticate(world.deps, accessToken, origin)
  await beginTotp(world.deps, actor, account)
  const { nonce } = await world.deps.db.selectFrom('totp_factors').select('nonce').executeTakeFirstOrThrow()
  const codeAt = (steps: number) => totpCode(totpSecret(world.deps.auth, user.id, nonce), stepAt(now) + steps)
  const { recoveryCodes } = await confirmTotp(world.deps, actor, { totp: codeAt(0) })
  return { actor, recoveryCodes, codeAt, later: () => (now += 30_000) }
}

test('a code lets one in once, also when it is sent many times at once', async () => {
  await using world = await createTestWorld()
  const { codeAt, later } = await withFactor(world)
  await expect(logIn(world.deps, account, origin)).rejects.toMatchObject({ code: 'TOTP_REQUIRED' })
  const used = logIn(world.deps, { ...account, totp: codeAt(0) }, origin)
  await expect(used, 'the code that confirmed it').rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  later()
  const totp = codeAt(0)
  const tries = await Promise.allSettled([1, 2, 3].map(() => logIn(world.deps, { ...account, totp }, origin)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const blind = logIn(world.deps, { ...account, password: 'wrong', totp }, origin)
  await expect(blind, 'without the password nothing is told').rejects.toMatchObject({
    message: 'The e-mail address or the password is wrong.',
  })
})

test('whoever guesses codes is slowed, and the owner still gets in by a recovery code, once', async () => {
  await using world = await createTestWorld()
  const { recoveryCodes } = await withFactor(world)
  expect(new Set(recoveryCodes).size).toBe(10)
  const kept = JSON.stringify(await world.deps.db.selectFrom('recovery_codes').selectAll().execute())
  for (const code of recoveryCodes) expect(kept).not.toContain(code)
  const guesser = { ...origin, address: '198.51.100.9' }
  const codes: unknown[] = []
  for (let n = 0; n < 8; n += 1) {
    await logIn(world.deps, { ...account, totp: '000000' }, guesser).catch((error: { code: string }) =>
      codes.push(error.code),
    )
  }
  expect(codes.at(-1)).toBe('RATE_LIMITED')
  const [recoveryCode = ''] = recoveryCodes
  const enter = () => logIn(world.deps, { ...account, recoveryCode: recoveryCode.toUpperCase() }, origin)
  expect((await enter()).user.email).toBe(account.email)
  await expect(enter()).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
})

test('a second factor is taken away with password and code, and not with less', async () => {
  await using world = await createTestWorld()
  const { actor, codeAt, later } = await withFactor(world)
  const { password } = account
  await expect(disableTotp(world.deps, actor, { password })).rejects.toMatchObject({ code: 'TOTP_REQUIRED' })
  later()
  const totp = codeAt(0)
  const wrong = disableTotp(world.deps, actor, { password: 'wrong', totp })
  await expect(wrong).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  await disableTotp(world.deps, actor, { password, totp })
  expect((await logIn(world.deps, account, origin)).user.email).toBe(account.email)
})
