import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { connectPostgres } from './connect.ts'
import { inTransaction } from './database.ts'
import { isConnectionError } from './errors.ts'
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

test.skipIf(serverUrl === undefined)(
  'a connection that the network swallows fails what was asked of it, and costs nobody else the same time again',
  async () => {
    const database = await createPostgresTestDatabase(serverUrl ?? '')
    const network = await startSwallowingNetwork(Number(new URL(database.url).port))
    const through = new URL(database.url)
    through.port = String(network.port)
    const { db, close } = connectPostgres({ url: through.href, poolSize: 3, statementMs: 300, onError: () => {} })
    try {
      await Promise.all([1, 2, 3].map(() => sql`select pg_sleep(0.05)`.execute(db)))
      network.swallow()
      await expect(sql`select 1`.execute(db)).rejects.toThrow(/timeout/)
      // The other two connections are just as dead, and are not asked any more.
      await expect(sql`select 1 as one`.execute(db)).resolves.toMatchObject({ rows: [{ one: 1 }] })
    } finally {
      network.close()
      await close()
      await database.close()
    }
  },
)

test.skipIf(serverUrl === undefined)('a transaction that the network swallows lets go of its locks', async () => {
  const database = await createPostgresTestDatabase(serverUrl ?? '')
  const network = await startSwallowingNetwork(Number(new URL(database.url).port))
  const through = new URL(database.url)
  through.port = String(network.port)
  const { db, close } = connectPostgres({ url: through.href, poolSize: 1, statementMs: 300, onError: () => {} })
  try {
    await sql`create table held (id int)`.execute(database.db)
    const cutOff = inTransaction(db, async (tx) => {
      await sql`lock table held`.execute(tx)
      network.swallow()
      await sql`select 1`.execute(tx)
    })
    await expect(cutOff).rejects.toSatisfy(isConnectionError)
    await expect(sql`select count(*) from held`.execute(database.db)).resolves.toBeDefined()
  } finally {
    network.close()
    await close()
    await database.close()
  }
})

/** Passes connections on to a port; those that there are when it swallows say nothing ever after, and are never closed. */
async function startSwallowingNetwork(target: number) {
  const open = new Set<Socket>()
  let swallowed = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('error', () => {})
      from.on('data', (data) => void (swallowed.has(from) || to.write(data)))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    swallow: () => (swallowed = new Set(open)),
    close() {
      for (const socket of open) socket.destroy()
      server.close()
    },
  }
}
