import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { appRouter } from '../../app-router.ts'
import type { AppEnv } from '../app-env.ts'
import { mountDocs } from './mount-docs.ts'

const app = new Hono<AppEnv>()
mountDocs(app, { router: appRouter, version: '1.2.3', serverUrl: '/' })

test('the document is served as JSON, for wherever it came from', async () => {
  const response = await app.request('/openapi.json')
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toMatchObject({
    openapi: '3.1.0',
    info: { version: '1.2.3' },
    servers: [{ url: '/api/v1' }],
  })
})

test('the page loads only files that are served here, and runs no script of its own', async () => {
  const page = await app.request('/docs')
  expect(page.headers.get('content-type')).toContain('text/html')
  const html = await page.text()
  expect(html).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style=|https?:/)
  const files = [...html.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)].map((match) => match[1] ?? '')
  expect(files).toHaveLength(3)
  for (const file of files) {
    const response = await app.request(file)
    expect(response.status, file).toBe(200)
    expect(response.headers.get('content-type'), file).toMatch(file.endsWith('.css') ? 'text/css' : 'text/javascript')
    expect((await response.text()).length, file).toBeGreaterThan(50)
  }
})

test('the large files are sent compressed to whoever can read that', async () => {
  const path = '/docs/swagger-ui-bundle.js'
  const response = await app.request(path, { headers: { 'accept-encoding': 'gzip' } })
  expect(response.headers.get('content-encoding')).toBe('gzip')
  const unpacked = response.body?.pipeThrough(new DecompressionStream('gzip'))
  expect(await new Response(unpacked).text()).toBe(await (await app.request(path)).text())
})
