import { isTerminal } from '@kickstartmyai/contract'
import type { Connection } from '@kickstartmyai/db'
import { createEmbeddedTestDatabase, createPostgresTestDatabase, testServerUrl } from '@kickstartmyai/db/testing'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { propertyRuns } from '../../testing/property-runs.ts'
import { conversations, Model, openings, repositoryCommands } from './testing/repository-commands.ts'
import { createRepositoryWorld, type RepositoryWorld } from './testing/repository-world.ts'

const serverUrl = testServerUrl()
const databases: [string, () => Promise<Connection>][] = [
  ['embedded', createEmbeddedTestDatabase],
  ...(serverUrl
    ? [['PostgreSQL', () => createPostgresTestDatabase(serverUrl)] as [string, () => Promise<Connection>]]
    : []),
]

describe.each(databases)('on %s', (_, open) => {
  test('the repositories keep the law of the core, whatever processes do in whatever order', async () => {
    const { db, close } = await open()
    onTestFinished(close)
    await fc.assert(
      fc.asyncProperty(openings, repositoryCommands, async (opening, commands) => {
        const real = await createRepositoryWorld(db, conversations)
        const model = new Model()
        for (const command of opening) await command.run(model, real)
        await fc.asyncModelRun(() => ({ model, real }), commands)
        await expectInvariants(real, model)
      }),
      propertyRuns(40),
    )
  })
})

async function expectInvariants({ db, sent }: RepositoryWorld, { states }: Model): Promise<void> {
  for (const [n, id] of sent.entries()) {
    const { status, lastSeq } = states[n]!
    const events = await db
      .selectFrom('execution_events')
      .selectAll()
      .where('execution_id', '=', id)
      .orderBy('seq')
      .execute()
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, seq) => seq + 1))
    const epochs = events.map(({ epoch }) => epoch)
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
    const answers = await db
      .selectFrom('messages')
      .select('id')
      .where('execution_id', '=', id)
      .where('role', '=', 'assistant')
      .execute()
    expect(answers.length).toBeLessThanOrEqual(isTerminal(status) ? 1 : 0)
  }
}
