import { join } from 'node:path'
import { createPostgresTestDatabase } from '@kickstartmyai/db/testing'
import { startChild } from './child.ts'
import { call, stampReader } from './post.ts'
import type { Subject } from './subject.ts'

/** The hand-written server, which is the yardstick on PostgreSQL; see bare-server.ts. */
export async function bare(modelsUrl: string, postgresUrl: string): Promise<Subject> {
  const database = await createPostgresTestDatabase(postgresUrl)
  const child = await startChild(join(import.meta.dirname, 'bare-server.ts'), [modelsUrl, database.url])
  return {
    name: 'bare server on PostgreSQL',
    pid: child.pid,
    callsTools: true,
    prepare: async () => {},
    async stream(_, content, onToken) {
      await call('POST', child.url, { body: { content }, onText: stampReader(onToken) })
    },
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]()
      await database.close()
    },
  }
}
