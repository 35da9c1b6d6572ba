import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from '../test/server-process.ts'

/**
 * A folder in which servers find themselves compiled already, which is half of what a start costs. A server writes there
 * only when it ends by itself, and in a trial few do: one is started and sent home beforehand.
 */
export async function makeCompileCache(signal: AbortSignal): Promise<AsyncDisposable & { folder: string }> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'kickstartmyai-faults-compiled-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const variables = { NODE_ENV: 'test', NODE_COMPILE_CACHE: folder, DATA_DIR: join(folder, 'data') }
  const server = await startProcess(variables, signal)
  await server.stop('SIGTERM')
  const owned = stack.move()
  return { folder, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
