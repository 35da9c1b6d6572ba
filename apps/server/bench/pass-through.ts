import { join } from 'node:path'
import { startChild } from './child.ts'
import { call, stampReader } from './post.ts'
import type { Subject } from './subject.ts'

/** The bare pass-through beside which everything else is measured. */
export async function passThrough(modelsUrl: string): Promise<Subject> {
  const child = await startChild(join(import.meta.dirname, 'pass-through-server.ts'), [modelsUrl])
  return {
    name: 'bare pass-through',
    pid: child.pid,
    callsTools: false,
    prepare: async () => {},
    async stream(_, ask, onToken) {
      const body = {
        model: 'bench',
        stream: true,
        input: [{ role: 'user', content: [{ type: 'input_text', text: ask }] }],
      }
      await call('POST', child.url, { body, onText: stampReader(onToken) })
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
