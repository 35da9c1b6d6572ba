import { Hono } from 'hono'
import { requestId } from 'hono/request-id'
import { expect, test } from 'vitest'
import type { AppEnv } from './app-env.ts'
import { hostCheck } from './host-check.ts'

const app = new Hono<AppEnv>()
  .use(requestId(), hostCheck({ publicUrl: 'https://agents.example.com', allowedHosts: ['other.example.com'] }))
  .all('*', (c) => c.text('done'))

const statusOf = async (host: string, path = '/') => (await app.request(path, { headers: { host } })).status

test.for([
  'localhost:3000',
  '127.0.0.1:3000',
  '[::1]:3000',
  '192.168.1.20',
  'app.localhost',
  'server:3000',
  'nas.local',
  'agents.example.com',
  'AGENTS.example.com:443',
  'other.example.com',
])('%s is the server', async (host) => {
  expect(await statusOf(host)).toBe(200)
})

test.for([
  'rebound.evil.example',
  'agents.example.com.evil.example',
  'evil-agents.example.com',
  '127.0.0.1.nip.example',
  'localhost.evil.example:3000',
  'agents.example.com@evil.example',
  'evil.example#.localhost',
  'xn--/.localhost',
])('%s is not', async (host) => {
  expect(await statusOf(host)).toBe(403)
  expect(await statusOf(host, '/health/live')).toBe(200)
})
