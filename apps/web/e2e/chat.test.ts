import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from './launch-browser.ts'
import { password, phone, say, signUp, visit } from './person.ts'
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

test('sign up, make an agent, chat with a tool call, reload in the middle, and everything is there', async () => {
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await signUp(visitor)

  await page.getByRole('navigation').getByRole('link', { name: 'Agents' }).click()
  await page.getByRole('link', { name: 'New agent' }).first().click()
  await page.getByLabel('Name').fill('Counting house')
  await page.getByLabel('Instructions').fill('You count with great care.')
  await page.getByRole('group', { name: 'Use of Calculator' }).getByRole('radio', { name: 'Allow' }).check()
  await page.getByRole('button', { name: 'Create agent' }).click()
  await page.getByText('Counting house is ready').waitFor()

  await page.goto('/agents')
  await page.getByRole('link', { name: 'Chat with Counting house' }).click()
  await say(page, 'What is 17*23? [[slow 900]]')
  await page.getByText('Calculator').first().waitFor()
  await page.waitForURL(/\/c\/[0-9a-f-]+$/)
  await page.reload()
  await page.getByRole('button', { name: 'Stop' }).waitFor()

  const answer = page.getByRole('article', { name: 'Answer of Counting house' })
  await answer.getByText('391').first().waitFor()
  await page.getByRole('button', { name: 'Send' }).waitFor()
  expect(await page.getByText('What is 17*23?').first().isVisible()).toBe(true)
  expect(await answer.getByText('done').first().isVisible()).toBe(true)

  await page.goto('/')
  await page
    .getByRole('link', { name: /17\*23/ })
    .first()
    .click()
  await answer.getByText('391').first().waitFor()
  expect(visitor.complaints).toEqual([])
})

test('a tool that asks first waits for a word, also across a reload, and runs or does not', async () => {
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await signUp(visitor)
  await page.goto('/agents/new')
  await page.getByLabel('Name').fill('Careful')
  await page.getByRole('group', { name: 'Use of Calculator' }).getByRole('radio', { name: 'Ask first' }).check()
  await page.getByRole('button', { name: 'Create agent' }).click()
  await page.getByText('Careful is ready').waitFor()
  await page.goto('/agents')
  await page.getByRole('link', { name: 'Chat with Careful' }).click()

  await say(page, 'What is 17*23?')
  const card = page.getByRole('region', { name: 'Calculator needs your approval' })
  await card.waitFor()
  await page.waitForURL(/\/c\/[0-9a-f-]+$/)
  await page.reload()
  await card.getByText('17*23').waitFor()
  await card.getByRole('button', { name: 'Approve' }).press('Enter')
  const answer = page.getByRole('article', { name: 'Answer of Careful' })
  await answer.first().getByText('391').first().waitFor()
  expect(await card.count()).toBe(0)

  await page.getByRole('button', { name: 'Send' }).waitFor()
  await say(page, 'And what is 2*2?')
  await card.getByRole('button', { name: 'Deny' }).click()
  await answer.last().getByText('denied').first().waitFor()
  await page.getByRole('button', { name: 'Send' }).waitFor()
  expect(visitor.complaints).toEqual([])
})

test('a conversation gets a title of its own, in the list and on its page, without a reload', async () => {
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await signUp(visitor)
  await say(page, 'Could you please explain to me how tides depend on the moon? [[tokens 3]]')
  const title = 'Explain tides depend moon'
  await page.getByRole('link', { name: title }).first().waitFor()
  await page.waitForFunction((expected) => document.title.includes(expected), title)
  expect(visitor.complaints).toEqual([])
})

test('a second tab sees the same stream, and stopping in one stops both', async () => {
  await using visitor = await visit(browser, server.url)
  const { page, context } = visitor
  await signUp(visitor)
  await say(page, 'Tell me something long. [[tokens 400]] [[slow 40]]')
  await page.waitForURL(/\/c\//)
  const second = await context.newPage()
  await second.goto(page.url())
  await second.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('Stopped').first().waitFor()
  await second.getByText('Stopped').first().waitFor()
  await page.getByRole('button', { name: 'Send' }).waitFor()
  expect(visitor.complaints).toEqual([])
})

test('Esc stops an answer, and what had arrived is kept', async () => {
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await signUp(visitor)
  await say(page, '[[tokens 400]] [[slow 40]]')
  await page.getByRole('button', { name: 'Stop' }).waitFor()
  const answer = page.getByRole('article', { name: /^Answer/ })
  await expect.poll(async () => (await answer.innerText()).length, { timeout: 20_000 }).toBeGreaterThan(60)
  await page.keyboard.press('Escape')
  await page.getByText('Stopped').first().waitFor()
  await expect.poll(async () => (await answer.innerText()).length).toBeGreaterThan(60)
  const kept = await answer.innerText()
  await page.reload()
  await page.getByText('Stopped').first().waitFor()
  await expect.poll(async () => (await answer.innerText()).slice(0, 60)).toBe(kept.slice(0, 60))
})

test('a model that fails says what happened and offers to ask again', async () => {
  await using visitor = await visit(browser, server.url)
  const { page } = visitor
  await signUp(visitor)
  await say(page, 'Please answer. [[cut 5]]')
  await page.getByText('The model broke off in mid-answer').first().waitFor()
  await page.getByText('Your message and everything above are kept.').first().waitFor()
  await page.getByRole('button', { name: 'Ask again' }).waitFor()
})

test('signing in with a wrong password is refused in words, with the right one leads where one wanted', async () => {
  await using visitor = await visit(browser, server.url)
  const { page, email } = visitor
  await signUp(visitor)
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()

  await page.goto('/agents')
  await page.waitForURL(/sign-in/)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Email and password do not match').first().waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/agents$/)
  await page.getByText('Assistant').first().waitFor()
})

test('by keyboard alone, on a phone', async () => {
  await using visitor = await visit(browser, server.url, { viewport: phone })
  const { page } = visitor
  await signUp(visitor)
  await page.keyboard.type('What is 6*7?')
  await page.keyboard.press('Enter')
  await page.getByText('42').first().waitFor()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
})
