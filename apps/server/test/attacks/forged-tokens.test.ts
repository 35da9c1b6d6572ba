import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, type Person } from '../person.ts'
import { startTestServer, type TestServer } from '../test-server.ts'

const secret = 'a secret that this test knows, for signing what the server would not'
let server: TestServer
let person: Person
beforeAll(async () => {
  server = await startTestServer({ AUTH_SECRET: secret })
  person = await newPerson(server.url)
})
afterAll(() => server[Symbol.asyncDispose]())

type Json = Record<string, unknown>
const encode = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url')
const decode = (part: string | undefined) => JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Json

/** The person's own token with changes, signed as the server signs, or with another secret. */
function forge(header: Json, claims: Json, key = secret): string {
  const [head, payload] = person.accessToken.split('.')
  const text = `${encode({ ...decode(head), ...header })}.${encode({ ...decode(payload), ...claims })}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

const statusWith = async (token: string) =>
  (await person.call('GET', '/auth/me', undefined, { authorization: `Bearer ${token}` })).status

test('a token that is made again without changes is good, so that what is refused below is refused for its change', async () => {
  expect(await statusWith(forge({}, {}))).toBe(200)
})

const inAYear = Math.floor(Date.now() / 1000) + 31_536_000

test.for<[string, Json, Json]>([
  ['alg none', { alg: 'none' }, {}],
  ['alg HS512', { alg: 'HS512' }, {}],
  ['alg RS256 with an HMAC key', { alg: 'RS256' }, {}],
  ['another type', { typ: 'JWT' }, {}],
  ['critical extensions', { crit: ['x'], x: 1 }, {}],
  ['another issuer', {}, { iss: 'somebody' }],
  ['another audience', {}, { aud: 'something' }],
  ['exp as text', {}, { exp: '9999999999' }],
  ['exp as null', {}, { exp: null }],
  ['exp as a list', {}, { exp: [9_999_999_999] }],
  ['exp in the past', {}, { exp: 1 }],
  ['a session that is no id', {}, { sid: "' or 1=1 --" }],
  ['a session that never was', {}, { sid: '01a206ce-e0ec-7000-a1d2-89a4eee2c8f5' }],
])('%s is refused', async ([, header, claims]) => {
  expect(await statusWith(forge(header, claims))).toBe(401)
})

test('a token of another secret is refused, also one that would last', async () => {
  expect(await statusWith(forge({}, { exp: inAYear }, 'another secret that is long enough for it'))).toBe(401)
  expect(await statusWith(forge({ kid: '../../dev/null' }, {}, ''))).toBe(401)
  const [head, payload, signature] = forge({ alg: 'none' }, { exp: inAYear }).split('.')
  expect(await statusWith(`${head}.${payload}.`)).toBe(401)
  expect(await statusWith(`${head}.${payload}.${signature?.slice(0, 10)}`)).toBe(401)
})

test('a token signed by a key that it brings along is refused', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const header = encode({ alg: 'RS256', typ: 'at+jwt', jwk: publicKey.export({ format: 'jwk' }) as Json })
  const text = `${header}.${person.accessToken.split('.')[1]}`
  expect(await statusWith(`${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`)).toBe(401)
})

test('no other token is an access token', async () => {
  expect(await statusWith(person.refreshToken)).toBe(401)
  expect(await statusWith(`${person.accessToken}.`)).toBe(401)
  expect(await statusWith(person.accessToken.toUpperCase())).toBe(401)
})
