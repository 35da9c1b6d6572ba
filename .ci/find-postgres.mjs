// Prints the URL of a PostgreSQL on 127.0.0.1:5432 that lets us in without a password and create databases; else exits 1.
import { createRequire } from 'node:module'

const { default: pg } = await import(
  createRequire(new URL('../packages/db/package.json', import.meta.url)).resolve('pg')
)

for (const user of ['postgres', 'root']) {
  const url = `postgres://${user}@127.0.0.1:5432/postgres`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    const { rows } = await client.query(
      'select rolcreatedb or rolsuper as able from pg_roles where rolname = current_user',
    )
    if (rows[0]?.able) {
      console.log(url)
      process.exit(0)
    }
  } catch {
    // Nobody there, or not this user: the next one.
  } finally {
    await client.end().catch(() => {})
  }
}
process.exit(1)
