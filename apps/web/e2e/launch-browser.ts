import { existsSync } from 'node:fs'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'
import { bundledChromium } from './bundled-chromium.ts'

const DISTRIBUTION_CHROMIUM = '/usr/bin/chromium'

/**
 * Starts a headless Chromium: the system's Chrome, Chromium or Edge where there is one, else the one that comes as a
 * package with the libraries and fonts it needs, so that nothing has to be installed beforehand.
 * Throws an AggregateError that says why each of them could not be started.
 */
export async function launchBrowser(): Promise<Browser> {
  const failures: unknown[] = []
  for (const candidate of candidates()) {
    try {
      return await chromium.launch({ args: ['--disable-dev-shm-usage'], ...(await candidate()) })
    } catch (error) {
      failures.push(error)
    }
  }
  throw new AggregateError(failures, 'No browser could be started: install Google Chrome or Chromium')
}

function* candidates(): Generator<() => LaunchOptions | Promise<LaunchOptions>> {
  yield () => ({ channel: 'chrome' })
  if (existsSync(DISTRIBUTION_CHROMIUM)) yield () => ({ executablePath: DISTRIBUTION_CHROMIUM })
  yield () => ({ channel: 'msedge' })
  if (process.platform === 'linux' && process.arch === 'x64') yield bundledChromium
}
