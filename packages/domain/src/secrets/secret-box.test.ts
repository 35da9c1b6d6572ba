import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSecretBox } from './secret-box.ts'
import { createSecretKeys, type SecretKey } from './secret-keys.ts'

const secret = new TextEncoder().encode('a secret for tests, long enough for any')
const other = new TextEncoder().encode('another secret for tests, long enough too')
const place = { ownerId: 'ada', kind: 'provider_key', id: 'one' }
const newKey = (id: string): SecretKey => ({ id, bytes: new Uint8Array(randomBytes(32)) })

test('what was sealed is opened again, and its text is not in what is stored', () => {
  const box = createSecretBox(createSecretKeys([newKey('a')], secret))
  const sealed = box.seal(place, 'sk-🔑 of Ada')
  expect(box.open(place, sealed)).toBe('sk-🔑 of Ada')
  expect(sealed.keyId).toBe('a')
  expect(Buffer.from(sealed.sealed.slice(3), 'base64url').toString()).not.toContain('of Ada')
})

test('sealed twice it does not look the same', () => {
  const box = createSecretBox(createSecretKeys([], secret))
  expect(box.seal(place, 'same').sealed).not.toBe(box.seal(place, 'same').sealed)
})

test.for([
  ['to another person', { ...place, ownerId: 'eve' }],
  ['to another kind', { ...place, kind: 'other' }],
  ['to another id', { ...place, id: 'two' }],
  ['across a border of its parts', { ownerId: 'ada\nprovider_key', kind: 'one', id: '' }],
])('a row that was moved %s does not open', ([, elsewhere]) => {
  const box = createSecretBox(createSecretKeys([], secret))
  expect(() => box.open(elsewhere as typeof place, box.seal(place, 'hidden'))).toThrow('does not open this')
})

test('every altered byte is noticed', () => {
  const box = createSecretBox(createSecretKeys([], secret))
  const { keyId, sealed } = box.seal(place, 'hidden')
  const bytes = Buffer.from(sealed.slice(3), 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(() => box.open(place, { keyId, sealed: `v1.${altered.toString('base64url')}` })).toThrow('does not open')
  }
})

test.for(['', 'v1.', 'v1', `v2.${'A'.repeat(60)}`, `v1.${'A'.repeat(60)}.x`, 'v1.AAAA'])(
  '“%s” is refused without a crash',
  (sealed) => {
    const box = createSecretBox(createSecretKeys([], secret))
    expect(() => box.open(place, { keyId: box.keyId, sealed })).toThrow('does not open this')
  },
)

test('the first key seals and every one opens, the derived one too', () => {
  const [a, b] = [newKey('a'), newKey('b')]
  const before = createSecretBox(createSecretKeys([], secret)).seal(place, 'derived')
  const old = createSecretBox(createSecretKeys([a], secret)).seal(place, 'old')
  const box = createSecretBox(createSecretKeys([b, a], secret))
  expect(box.seal(place, 'new').keyId).toBe('b')
  expect(box.open(place, old)).toBe('old')
  expect(box.open(place, before)).toBe('derived')
})

test('a missing key and a wrong one are told apart, in words that hold no secret', () => {
  const sealed = createSecretBox(createSecretKeys([newKey('a')], secret)).seal(place, 'hidden')
  const without = createSecretBox(createSecretKeys([], secret))
  expect(() => without.open(place, sealed)).toThrow(
    'The key “a” that encrypted this is missing: add it to SECRETS_KEYS.',
  )
  expect(without.knows('a')).toBe(false)
  const wrong = createSecretBox(createSecretKeys([newKey('a')], secret))
  expect(() => wrong.open(place, sealed)).toThrow('another key has its name')
})

test('the key that follows from another server secret has another name', () => {
  const sealed = createSecretBox(createSecretKeys([], secret)).seal(place, 'hidden')
  expect(() => createSecretBox(createSecretKeys([], other)).open(place, sealed)).toThrow('is missing')
})
