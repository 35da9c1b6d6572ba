import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../packages/ai/src/testing/model-server/main.ts', import.meta.url))

export interface RunningModels extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  url: string
}

/** Starts the server that plays the model vendors, as a process of its own, on a free port. */
export async function startModels(): Promise<RunningModels> {
  const child = spawn(process.execPath, [MAIN, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const url = /http:\/\/[^\s"]+/.exec(String(line))?.[0]
  if (!url) throw new Error(`The model server does not listen: ${String(line)}`)
  return {
    url: url.replace(/\/$/, ''),
    async [Symbol.asyncDispose]() {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      await exit
    },
  }
}
