import type { Connection } from '../connection.ts'
import { createEmbeddedTestDatabase } from './embedded-test-database.ts'
import { createPostgresTestDatabase } from './postgres-test-database.ts'

export type TestDatabase = Connection & AsyncDisposable

/**
 * A migrated, empty database for one test: `await using database = await createTestDatabase()`. It is embedded, or on
 * the server named by TEST_DATABASE_URL where that is set.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = testServerUrl()
  const connection = serverUrl ? await createPostgresTestDatabase(serverUrl) : await createEmbeddedTestDatabase()
  return { ...connection, [Symbol.asyncDispose]: connection.close }
}

/** The server that tests may use, where there is one. */
export function testServerUrl(): string | undefined {
  return process.env['TEST_DATABASE_URL'] || undefined
}
