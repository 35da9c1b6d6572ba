import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface ServerProcess {
  url: string
  pid: number
  /** Sends the signal, unless it has ended, and gives the exit code (null when a signal killed it). */
  stop(signal: NodeJS.Signals): Promise<number | null>
  /** Resolves when it has ended, with what ended it. */
  ended: Promise<number | NodeJS.Signals | null>
  /** All that it has written so far. */
  output(): string
}

const main = join(import.meta.dirname, '..', 'src', 'main.ts')

/**
 * Starts the server as a person does: a process of its own. Throws with its output when it does not come up. Whatever
 * becomes of it, it does not outlive `lifetime`.
 */
export async function startProcess(variables: NodeJS.ProcessEnv, lifetime?: AbortSignal): Promise<ServerProcess> {
  lifetime?.throwIfAborted()
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'error', TITLE_GENERATION: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  lifetime?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true })
  const output: string[] = []
  const ended = once(child, 'exit').then(([code, signal]: (number | NodeJS.Signals | null)[]) => signal ?? code ?? null)
  const url = await urlOf(child, output)
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    output: () => output.join('\n'),
    async stop(signal) {
      if (child.exitCode === null && child.signalCode === null) {
        const exit = once(child, 'exit')
        child.kill(signal)
        await exit
      }
      return child.exitCode
    },
  }
}

async function urlOf(child: ChildProcess, output: string[]): Promise<string> {
  child.stderr?.on('data', (data: Buffer) => output.push(data.toString()))
  const found = Promise.withResolvers<string>()
  createInterface({ input: child.stdout! }).on('line', (line) => {
    output.push(line)
    const url = /http:\/\/\S+/.exec(line)?.[0]
    if (line.includes('ready') && url) found.resolve(url)
  })
  child.once('exit', (code) => found.reject(new Error(`The server ended with ${code}:\n${output.join('\n')}`)))
  return found.promise
}
