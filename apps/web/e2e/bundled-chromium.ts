import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

const CACHE = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url))
const UNPACK = fileURLToPath(new URL('unpack-chromium.ts', import.meta.url))

/**
 * The Chromium of the package @sparticuz/chromium (Linux, x64), unpacked once and kept below node_modules.
 * Its own NSS is used where the system has none; its own font always stands behind the system's, because without any it
 * dies at the first form field.
 */
export async function bundledChromium(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  const folder = await unpacked()
  const executablePath = join(folder, 'chromium')
  const fonts = join(folder, 'fonts')
  await writeFile(join(fonts, 'fonts.conf'), fontsConfig(fonts))
  const env: NodeJS.ProcessEnv = { ...process.env, FONTCONFIG_PATH: fonts }
  if (!(await starts(executablePath))) env['LD_LIBRARY_PATH'] = join(folder, 'al2023', 'lib')
  return { executablePath, env }
}

/** The folder with the unpacked archives; two processes that unpack at once do not see each other's half. */
async function unpacked(): Promise<string> {
  const entry = fileURLToPath(import.meta.resolve('@sparticuz/chromium'))
  const packageFolder = dirname(dirname(entry))
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'))
  const { version } = manifest as { version: string }
  const folder = join(CACHE, `chromium-${version}`)
  if (existsSync(folder)) return folder

  await mkdir(CACHE, { recursive: true })
  const staging = await mkdtemp(join(CACHE, 'unpacking-'))
  // The package unpacks into the folder for temporary files of its process, so it gets a process of its own.
  await run(process.execPath, [UNPACK, join(packageFolder, 'bin')], { env: { TMPDIR: staging } })
  try {
    await rename(staging, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
    await rm(staging, { recursive: true })
  }
  return folder
}

/** Whether the system has the libraries that the executable is linked against. */
async function starts(executablePath: string): Promise<boolean> {
  try {
    await run(executablePath, ['--version'])
    return true
  } catch {
    return false
  }
}

const fontsConfig = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}</dir>
  <cachedir>${folder}/cache</cachedir>
</fontconfig>
`
