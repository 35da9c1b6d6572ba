import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './launch-browser.ts'
import { desktop, phone, say, signUp, visit } from './person.ts'
import { type RunningServer, startServer } from './start-server.ts'

/** The README's pictures are made by `UPDATE_SCREENSHOTS=1`; otherwise they go where nothing is committed. */
const pictures = fileURLToPath(
  process.env['UPDATE_SCREENSHOTS']
    ? new URL('../../../docs/images/', import.meta.url)
    : new URL('screenshots/', import.meta.url),
)

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  ;[server, browser] = await Promise.all([startServer(), launchBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server[Symbol.asyncDispose]()
})

const sizes = [
  ['desktop', desktop],
  ['phone', phone],
] as const

for (const [size, viewport] of sizes) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page, ${size}, ${colorScheme}: nothing that axe can find`, async () => {
      await using visitor = await visit(browser, server.url, { colorScheme, viewport })
      const { page } = visitor
      const look = (name: string) => inspect(page, name, `${name}-${size}-${colorScheme}`)
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      await look('sign-in')
      await page.goto('/sign-up')
      await page.getByRole('button', { name: 'Create account' }).waitFor()
      await look('sign-up')
      await signUp(visitor)
      await look('new-chat')
      await say(page, 'Show me a code sample')
      await page.getByRole('article').locator('pre').first().waitFor()
      await page.getByRole('button', { name: 'Send' }).waitFor()
      await say(page, 'What is 17*23, and what time is it in Tokyo?')
      await page.getByText('391').first().waitFor()
      await page.getByRole('button', { name: 'Send' }).waitFor()
      await look('chat')
      await page.goto('/agents')
      await page.getByText('Assistant').first().waitFor()
      await look('agents')
      await page.goto('/agents/new')
      await page.getByRole('button', { name: 'Create agent' }).waitFor()
      await look('new-agent')
      await page.goto('/settings')
      await page.getByRole('heading', { name: 'Settings' }).first().waitFor()
      await look('settings')
      await page.goto('/no/such/page')
      await page.getByText('There is nothing at this address').waitFor()
      await look('not-found')
      expect(visitor.complaints).toEqual([])
    })
  }
}

/** Takes the page's picture and lets axe look at it. */
async function inspect(page: Page, name: string, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: `${pictures}${file}.png` })
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  expect(found, name).toEqual([])
}
