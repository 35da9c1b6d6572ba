import { randomUUID } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export interface Visitor extends AsyncDisposable {
  page: Page
  context: BrowserContext
  email: string
  /** What the browser complained about: errors on the console, refused or off-origin requests. */
  complaints: string[]
}

export interface VisitOptions {
  colorScheme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
}

export const desktop = { width: 1280, height: 800 }
export const phone = { width: 360, height: 740 }

/** A person with a browser window of their own, at the app's front door. */
export async function visit(browser: Browser, url: string, options: VisitOptions = {}): Promise<Visitor> {
  const { colorScheme = 'light', viewport = desktop } = options
  const context = await browser.newContext({ baseURL: url, colorScheme, viewport, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // A refused sign-in and a session that is not there yet are answers, not faults of the page.
    if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const target = request.url()
    if (/^https?:/.test(target) && new URL(target).origin !== url) complaints.push(`off-origin: ${target}`)
  })
  const email = `${randomUUID()}@example.com`
  return { page, context, email, complaints, [Symbol.asyncDispose]: () => context.close() }
}

export const password = 'a long password'

/** Makes the visitor's account through the form. Ends on the first page of the app. */
export async function signUp({ page, email }: Visitor): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel(/^Name/).fill('Ada Lovelace')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
}

/** Writes into the composer and sends with the keyboard. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.keyboard.press('Enter')
}
