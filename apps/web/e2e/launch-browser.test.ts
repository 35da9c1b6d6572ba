import { expect, test } from 'vitest'
import { launchBrowser } from './launch-browser.ts'

test('a headless browser shows a page with a form and runs its script', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.setContent(
      '<h1>waiting</h1><input value="x"><script>document.querySelector("h1").textContent = "ready"</script>',
    )
    expect(await page.getByRole('heading').textContent()).toBe('ready')
  } finally {
    await browser.close()
  }
})
