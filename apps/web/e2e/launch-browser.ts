import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { bundledChromium } from './bundled-chromium.ts'

/** Where Chrome, Chromium and Edge are installed. */
const INSTALLED: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/opt/google/chrome/chrome', '/usr/bin/chromium', '/opt/microsoft/msedge/msedge'],
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ['C:\\Program Files', 'C:\\Program Files (x86)'].flatMap((folder) => [
    `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
    `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
  ]),
}

/**
 * Starts a headless Chromium: the system's Chrome, Chromium or Edge where there is one, else the one that comes as a
 * package with the libraries and fonts it needs, so that nothing has to be installed beforehand.
 * Throws where there is neither.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(await executable()), args: ['--disable-dev-shm-usage'] })
}

async function executable(): Promise<{ executablePath: string; env?: NodeJS.ProcessEnv }> {
  const executablePath = INSTALLED[process.platform]?.find((path) => existsSync(path))
  if (executablePath) return { executablePath }
  if (process.platform === 'linux' && process.arch === 'x64') return bundledChromium()
  throw new Error('No browser was found: install Google Chrome or Chromium')
}
