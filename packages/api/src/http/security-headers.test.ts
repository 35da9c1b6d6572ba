import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { AppEnv } from './app-env.ts'
import { securityHeaders } from './security-headers.ts'

const serve = (isHttps: boolean) =>
  new Hono<AppEnv>()
    .use(securityHeaders({ isHttps }))
    .get('/docs', (c) => c.html('reference'))
    .get('/assets/a.js', (c) => c.body('1', 200, { 'Cache-Control': 'public, max-age=31536000, immutable' }))
    .get('/api', (c) => c.json({}))
    .get('/', (c) => c.html('app'))

const policyOf = async (path: string) => (await serve(false).request(path)).headers.get('content-security-policy') ?? ''

test('the app runs its own files and nothing that stands in a page', async () => {
  const policy = await policyOf('/')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("style-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
})

test('only the reference may have styles in elements; an answer for programs may nothing', async () => {
  expect(await policyOf('/docs')).toContain("style-src 'self' 'unsafe-inline'")
  expect(await policyOf('/docs')).toContain("script-src 'self';")
  expect(await policyOf('/api')).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
})

test('https is insisted on where the public address has it, and only there', async () => {
  const header = async (isHttps: boolean) =>
    (await serve(isHttps).request('/')).headers.get('strict-transport-security')
  expect(await header(true)).toBe('max-age=31536000; includeSubDomains')
  expect(await header(false)).toBeNull()
})

test('nothing is kept that does not say so', async () => {
  const caching = async (path: string) => (await serve(false).request(path)).headers.get('cache-control')
  expect(await caching('/api')).toBe('no-store')
  expect(await caching('/nowhere')).toBe('no-store')
  expect(await caching('/assets/a.js')).toBe('public, max-age=31536000, immutable')
})
