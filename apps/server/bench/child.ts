import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Child extends AsyncDisposable {
  pid: number
  url: string
}

/** Starts a Node program that prints its URL in a line, and waits for that line. */
export async function startChild(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Child> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await firstUrl(child)
  return {
    pid: child.pid ?? 0,
    url,
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}

function firstUrl(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  child.once('exit', (code) => reject(new Error(`a benchmark process ended with ${code}`)))
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const url = /http:\/\/[^\s"]+/.exec(line)?.[0]
    if (url) resolve(url)
  })
  return promise
}
