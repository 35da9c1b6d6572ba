import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connectPostgres } from './connect.ts'
import { inTransaction } from './database.ts'
import { createPostgresTestDatabase } from './testing/postgres-test-database.ts'
import { testServerUrl } from './testing/test-database.ts'

const serverUrl = testServerUrl()

test.skipIf(serverUrl === undefined)(
  'a connection that is killed in a transaction fails that, and the pool goes on',
  async () => {
    const database = await createPostgresTestDatabase(serverUrl ?? '')
    const { db, close } = connectPostgres({ url: database.url, poolSize: 2, onError: () => {} })
    try {
      // An error that nobody listens to would end this process: the test fails then with an unhandled error.
      const killed = inTransaction(db, async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
        await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(database.db)
        await new Promise((resolve) => setTimeout(resolve, 200))
        await sql`select 1`.execute(tx)
      })
      await expect(killed).rejects.toThrow()
      await expect(sql`select 1 as one`.execute(db)).resolves.toMatchObject({ rows: [{ one: 1 }] })
    } finally {
      await close()
      await database.close()
    }
  },
)
