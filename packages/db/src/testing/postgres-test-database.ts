import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { connectPostgres } from '../connect.ts'
import type { Connection } from '../connection.ts'
import { migrateToLatest } from '../migrate.ts'
import { migrationsHash } from './migrations-hash.ts'

export interface PostgresTestDatabase extends Connection {
  url: string
}

/** A migrated database of its own on the server at `serverUrl`, cloned from a template; `close` drops it. */
export async function createPostgresTestDatabase(serverUrl: string): Promise<PostgresTestDatabase> {
  const name = `kickstartmyai_test_${randomBytes(8).toString('hex')}`
  await onServer(serverUrl, async (client) => {
    const template = await ensureTemplate(client, serverUrl)
    await client.query(`create database ${name} template ${template}`)
  })
  const url = withDatabase(serverUrl, name)
  const connection = connectPostgres({ url, poolSize: 10, onError: () => {} })
  const close = async () => {
    await connection.close()
    await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`))
  }
  return { ...connection, url, close }
}

/** Makes the template once; the lock makes other test processes wait for it (and for clones, which must not overlap). */
async function ensureTemplate(client: pg.Client, serverUrl: string): Promise<string> {
  const template = `kickstartmyai_template_${migrationsHash()}`
  await client.query('select pg_advisory_lock(727001)')
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template])
  if (rowCount === 0) {
    const building = `${template}_building`
    await client.query(`drop database if exists ${building} with (force)`)
    await client.query(`create database ${building}`)
    const url = withDatabase(serverUrl, building)
    const connection = connectPostgres({ url, poolSize: 1, onError: () => {} })
    await migrateToLatest(connection.db)
    await connection.close()
    await client.query(`alter database ${building} rename to ${template}`)
  }
  return template
}

async function onServer(serverUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
