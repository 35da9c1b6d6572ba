import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const LISTENING = /ready: (http:\/\/\S+)/
const START_LIMIT_MS = 60_000

/** Set, though empty: what a developer's own .env says of these must not decide what a journey meets. */
const UNSET = Object.fromEntries(
  ['DATABASE_URL', 'PUBLIC_URL', 'AUTH_SECRET', 'OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'].map((name) => [
    name,
    '',
  ]),
)

export interface RunningServer extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string
  /** Everything it has printed so far. */
  output: () => string
  /** Sends SIGTERM and gives the exit code, null when it had to be killed. */
  stop: () => Promise<number | null>
}

/**
 * Starts the server as a person would, as a process of its own, on a free port, with an embedded database in a new
 * folder and with no key of whoever runs the tests. Disposing stops it and removes the folder.
 * Throws with its output when it ends, or does not listen, within a minute.
 */
export async function startServer(variables: Record<string, string> = {}): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kickstartmyai-'))
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: { ...UNSET, HOST: '127.0.0.1', PORT: '0', DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'info', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += String(chunk)))
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null)

  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 30_000)
    return exited.finally(() => clearTimeout(timer))
  }
  const dispose = async (): Promise<void> => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }

  try {
    return { url: await listening(), output: () => printed, stop, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }

  /** The URL, as soon as it is printed. */
  async function listening(): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const look = () => {
      const url = LISTENING.exec(printed)?.[1]
      if (url) resolve(url)
    }
    child.stdout.on('data', look)
    child.once('error', reject)
    void exited.then((code) => reject(new Error(`The server ended with code ${code}:\n${printed}`)))
    const timer = setTimeout(() => reject(new Error(`The server does not listen:\n${printed}`)), START_LIMIT_MS)
    return promise.finally(() => clearTimeout(timer))
  }
}
