import { expect, test } from 'vitest'
import { launchBrowser } from './launch-browser.ts'
import { say, signUp, visit } from './person.ts'
import { startModels } from './start-models.ts'
import { startServer } from './start-server.ts'

test.for(['openai', 'anthropic'] as const)('a chat with a tool call in the browser, answered by %s', async (vendor) => {
  await using models = await startModels()
  const variables =
    vendor === 'openai'
      ? { OPENAI_API_KEY: 'test-key', OPENAI_BASE_URL: `${models.url}/v1` }
      : { ANTHROPIC_API_KEY: 'test-key', ANTHROPIC_BASE_URL: models.url }
  await using server = await startServer(variables)
  const browser = await launchBrowser()
  try {
    await using visitor = await visit(browser, server.url)
    const { page } = visitor
    await signUp(visitor)
    await say(page, 'Count. [[tool calculator {"expression":"17*23"}]]')
    const answer = page.getByRole('article', { name: 'Answer of Assistant' })
    await answer.getByText('Calculator').first().waitFor()
    await answer.getByText('391').first().waitFor()
    await page.getByRole('button', { name: 'Send' }).waitFor()
    expect(await page.getByText('Demo model').count()).toBe(0)
    expect(visitor.complaints).toEqual([])
  } finally {
    await browser.close()
  }
})
