import type { Db } from './database.ts'
import type { SqlRunner } from './sql-runner.ts'

/** An open database. `close` waits for what is under way. */
export interface Connection {
  db: Db
  kind: 'embedded' | 'postgres'
  /** For what brings its own SQL. On a server it has two connections of its own, so that neither waits for the other. */
  openSqlRunner(): SqlRunner
  close(): Promise<void>
}
