import type { Db } from './database.ts'

/** An open database. `close` waits for what is under way. */
export interface Connection {
  db: Db
  kind: 'embedded' | 'postgres'
  close(): Promise<void>
}
