import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test } from 'vitest'
import type { AppEnv } from './app-env.ts'
import { originCheck } from './origin-check.ts'

const app = new Hono<AppEnv>()
  .use(requestId(), originCheck({ publicUrl: undefined, corsOrigins: ['https://app.example'] }))
  .all('*', (c) => c.text('done'))

const statusOf = async (headers: Record<string, string>, method = 'POST') =>
  (await app.request('http://api.example/trpc/auth.refresh', { method, headers: { host: 'api.example', ...headers } }))
    .status

test.for([
  ['a program', {}],
  ['a page of the same host', { origin: 'http://api.example', 'sec-fetch-site': 'same-origin' }],
  ['a page behind a proxy that ends TLS', { origin: 'https://api.example' }],
  ['a page of an origin that is let in', { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }],
  ['what somebody typed', { 'sec-fetch-site': 'none' }],
  ['a page elsewhere that has a token of its own', { origin: 'https://evil.example', authorization: 'Bearer x' }],
] as const)('%s may change something', async ([, headers]) => {
  expect(await statusOf(headers)).toBe(200)
})

test.for([
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['a sibling', { origin: 'https://other.api.example', 'sec-fetch-site': 'same-site' }],
  ['another port', { origin: 'http://api.example:8080' }],
  ['a frame without an origin', { origin: 'null' }],
  ['a form that hides its origin', { 'sec-fetch-site': 'cross-site' }],
  ['something that only looks like ours', { origin: 'https://app.example.evil.example' }],
] as const)('%s may not', async ([, headers]) => {
  expect(await statusOf(headers)).toBe(403)
  expect(await statusOf(headers, 'GET')).toBe(200)
})

test('where the public address is known, only pages from there are our own', async () => {
  const known = new Hono<AppEnv>()
    .use(requestId(), originCheck({ publicUrl: 'https://agents.example/', corsOrigins: [] }))
    .all('*', (c) => c.text('done'))
  const post = async (headers: Record<string, string>) =>
    (await known.request('http://agents.example/', { method: 'POST', headers })).status
  expect(await post({ host: 'agents.example', origin: 'https://agents.example' })).toBe(200)
  expect(await post({ host: 'agents.example', origin: 'http://agents.example' })).toBe(403)
  expect(await post({ host: 'rebound.example', origin: 'http://rebound.example' })).toBe(403)
})
