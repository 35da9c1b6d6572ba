import { createHmac } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './launch-browser.ts'
import { desktop, password, phone, signUp, visit, type Visitor } from './person.ts'
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

test('who forgot the password chooses a new one by the link in the mail', async () => {
  await using visitor = await visit(browser, server.url)
  const { page, email } = visitor
  await signUp(visitor)
  await visitor.context.clearCookies()
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.getByText('the link is on its way').waitFor()
  await page.goto(await linkTo('/reset-password', email))
  await page.getByLabel('New password', { exact: true }).fill('another long password')
  // The token is in no history and on no screen.
  expect(page.url()).not.toContain('token')
  await page.getByRole('button', { name: 'Save the new password' }).click()
  await page.getByText('The new password is saved').waitFor()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await signIn(page, email, 'another long password')
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  expect(visitor.complaints).toEqual([])
})

test('an address is confirmed by its link, once', async () => {
  await using visitor = await visit(browser, server.url)
  const { page, email } = visitor
  await signUp(visitor)
  const link = await linkTo('/verify-email', email)
  await page.goto(link)
  await page.getByRole('button', { name: 'This is my address' }).click()
  await page.getByText('Your address is confirmed').waitFor()
  await page.goto(link)
  await page.getByRole('button', { name: 'This is my address' }).click()
  await page.getByText('This link does not work any more').waitFor()
})

test('a second factor is asked for, and a wrong code is told', async () => {
  await using visitor = await visit(browser, server.url, { viewport: phone })
  const { page, email } = visitor
  await signUp(visitor)
  const secret = await switchOnTotp(email)
  await visitor.context.clearCookies()
  await page.goto('/sign-in')
  await signIn(page, email, password)
  await page.getByLabel('Code of your authenticator app').fill('000000')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The code is wrong').waitFor()
  // The step in which it was switched on is spent; the next one counts already.
  await page.getByLabel('Code of your authenticator app').fill(codeOf(secret, 1))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
})

test('the first administrator is made with the link that the server printed', async () => {
  const link = /http\S+\/setup\?token=\S+/.exec(server.output())?.[0] ?? ''
  await using visitor = await visit(browser, server.url)
  const { page, email } = visitor
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Set it up' }).waitFor()
  await page.goto(link)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Set it up' }).click()
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  await visitor.context.clearCookies()
  await page.goto('/sign-in')
  await page.getByLabel('Email').waitFor()
  await page.waitForLoadState('networkidle')
  expect(await page.getByRole('link', { name: 'Set it up' }).count()).toBe(0)
})

for (const [size, viewport] of [
  ['desktop', desktop],
  ['phone', phone],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`pages of accounts, ${size}, ${colorScheme}: nothing that axe can find`, async () => {
      await using visitor = await visit(browser, server.url, { viewport, colorScheme })
      const { page } = visitor
      const paths = [
        '/reset-password',
        '/reset-password?token=x',
        '/verify-email?token=x',
        '/invitation?token=x',
        '/setup',
      ]
      for (const path of paths) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id }) => `${path}: ${id}`)).toEqual([])
      }
      expect(visitor.complaints).toEqual([])
    })
  }
}

async function signIn(page: Page, email: string, secret: string): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** The link in the mail to somebody, as soon as the mail is there. */
async function linkTo(path: string, email: Visitor['email']): Promise<string> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const text = await (await fetch(`${server.url}/dev/outbox.json`)).text()
    const { items } = JSON.parse(text) as { items: { to: string; text: string }[] }
    const mails = items.filter(({ to }) => to === email).map((mail) => mail.text)
    const link = mails.map((mail) => /https?:\/\/\S+\?token=\S+/.exec(mail)?.[0]).find((each) => each?.includes(path))
    if (link) return link
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`There is no mail with a link to ${path} for ${email}.`)
}

async function switchOnTotp(email: string): Promise<string> {
  const call = async (path: string, body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const response = await fetch(`${server.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await response.json()) as { accessToken: string; secret: string }
  }
  const { accessToken } = await call('/auth/login', { email, password })
  const { secret } = await call('/auth/totp/begin', { password }, accessToken)
  await call('/auth/totp/confirm', { totp: codeOf(secret, 0) }, accessToken)
  return secret
}

/** The code of a base32 secret (RFC 6238), so many steps of 30 seconds from now. */
function codeOf(secret: string, stepsAhead: number): string {
  const bits = Array.from(secret).map((each) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each).toString(2).padStart(5, '0'),
  )
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + stepsAhead))
  const mac = createHmac('sha1', key).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
