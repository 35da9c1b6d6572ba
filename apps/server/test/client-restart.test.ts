import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startModelServer } from '@kickstartmyai/ai/testing'
import { createClient, emptyExecutionState, foldExecution, memorySession } from '@kickstartmyai/client'
import { expect, test } from 'vitest'
import { startProcess } from './server-process.ts'

test.for([
  ['killed', 'SIGKILL'],
  ['stopped in order', 'SIGTERM'],
] as const)(
  'a follower does not notice that its server was %s and another answers',
  { timeout: 180_000 },
  async ([, signal]) => {
    await using models = await startModelServer()
    const dataDir = mkdtempSync(join(tmpdir(), 'kickstartmyai-restart-'))
    const env = {
      DATA_DIR: dataDir,
      DRAIN_SECONDS: '0',
      OPENAI_API_KEY: 'test-key',
      OPENAI_BASE_URL: `${models.url}/v1`,
    }
    let server = await startProcess(env)
    const PORT = new URL(server.url).port
    try {
      const api = createClient({ url: server.url, session: memorySession() })
      await api.auth.register({ email: `${crypto.randomUUID()}@example.com`, password: 'a long password' })
      const { id: conversationId } = await api.conversations.create()
      const content = 'A long story, please. [[tokens 100]] [[pace 10]]'
      const { execution } = await api.conversations.send({ conversationId, content })

      let state = emptyExecutionState
      const seqs: number[] = []
      let restarted: Promise<void> | undefined
      const restart = async () => {
        await server.stop(signal)
        server = await startProcess({ ...env, PORT })
      }
      for await (const event of api.executions.follow(execution.id)) {
        seqs.push(event.seq)
        state = foldExecution(state, event)
        if (event.seq === 30) restarted = restart()
      }
      await restarted
      expect(seqs).toEqual(seqs.map((_, index) => index + 1))
      expect(state).toMatchObject({ status: 'completed', attempt: 2 })
      const { items } = await api.conversations.messages({ conversationId })
      expect(items.map(({ role }) => role)).toEqual(['user', 'assistant'])
      expect(state.parts).toEqual(items[1]?.parts)
    } finally {
      await server.stop('SIGKILL')
      rmSync(dataDir, { recursive: true, force: true })
    }
  },
)
