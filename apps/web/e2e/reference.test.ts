import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './launch-browser.ts'
import { password, visit } from './person.ts'
import { type RunningServer, startServer } from './start-server.ts'

let server: RunningServer
let browser: Browser

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), launchBrowser()])
})
afterAll(async () => {
  await browser.close()
  await server[Symbol.asyncDispose]()
})

test('the reference of the API can be browsed and tried, with nothing loaded from elsewhere', async () => {
  await using visitor = await visit(browser, server.url)
  const { page, email, complaints } = visitor
  await page.goto('/docs')

  const register = page.locator('.opblock', { hasText: '/auth/register' })
  await register.locator('.opblock-summary-control').click()
  await register.locator('textarea').fill(JSON.stringify({ email, password }))
  await register.getByRole('button', { name: 'Execute' }).click()
  const answer = register.locator('.live-responses-table')
  await answer.getByText('201', { exact: true }).waitFor()
  const token = /"accessToken": "([^"]+)"/.exec(await answer.innerText())?.[1] ?? ''

  await page.getByRole('button', { name: 'Authorize' }).click()
  const dialog = page.locator('.modal-ux')
  await dialog.getByRole('textbox').fill(token)
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await dialog.locator('.btn-done').click()

  const me = page.locator('.opblock', { hasText: '/auth/me' })
  await me.locator('.opblock-summary-control').click()
  await me.getByRole('button', { name: 'Execute' }).click()
  await me.locator('.live-responses-table').getByText(email).waitFor()
  expect(complaints).toEqual([])
})
