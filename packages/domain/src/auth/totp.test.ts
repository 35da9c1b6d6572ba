import type { UserId } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import { matchingStep, stepAt, toBase32, totpCode, totpSecret, totpUri } from './totp.ts'

/** RFC 6238, appendix B, for SHA-1: seconds and the code of eight digits. */
const vectors: [number, string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
]
const secret = Buffer.from('12345678901234567890')

test.for(vectors)('at %i seconds the code is %s', ([seconds, code]) => {
  expect(totpCode(secret, stepAt(seconds * 1000), 8)).toBe(code)
  expect(totpCode(secret, stepAt(seconds * 1000))).toBe(code.slice(2))
})

test('a code is taken from one step before to one step after, and names its step', () => {
  const now = 1_234_567_890_000
  const step = stepAt(now)
  for (const near of [step - 1, step, step + 1]) expect(matchingStep(secret, totpCode(secret, near), now)).toBe(near)
  for (const far of [step - 2, step + 2]) expect(matchingStep(secret, totpCode(secret, far), now)).toBeNull()
  for (const none of ['', '0', '12345678', 'abcdef', '１２３４５６']) expect(matchingStep(secret, none, now)).toBeNull()
})

test('base 32 as in RFC 4648', () => {
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => toBase32(Buffer.from(text)))).toEqual([
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ])
})

test('each person and each beginning has another secret, which an app can read', () => {
  const ids = ['01a206ce-e0ec-7000-a1d2-89a4eee2c8f5', '01a206ce-e0ec-7000-a1d2-89a4eee2c8f6'] as UserId[]
  const made = ids.flatMap((id) => ['a', 'b'].map((nonce) => totpSecret({ secret }, id, nonce).toString('hex')))
  expect(new Set(made).size).toBe(4)
  expect(totpUri(secret, 'ada+b@example.com')).toBe(
    'otpauth://totp/KickStartMyAI%3Aada%2Bb%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=KickStartMyAI',
  )
})
