import type { Pool, QueryResult } from 'pg'

/** Runs SQL that somebody else brings along: the job queue has statements and a schema of its own. */
export interface SqlRunner {
  /** Runs a statement with its values; without values also several statements at a time. Gives the rows of all of them. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
  /** Waits for what is under way. */
  close(): Promise<void>
}

/** Several connections are replaced when a statement failed on them; a single one is brought back to order. */
export function createSqlRunner(
  pool: Pool,
  afterFailure: 'replace' | 'roll back',
  close: () => Promise<void>,
): SqlRunner {
  return {
    async executeSql(text, values) {
      const client = await pool.connect()
      let failed = false
      // A connection that dies under a statement says so twice; the statement's own failure is enough.
      const onBroken = () => (failed = true)
      client.on('error', onBroken)
      try {
        // Without values the text goes as it is, which is what several statements need.
        return { rows: rowsOf(await (values?.length ? client.query(text, values) : client.query(text))) }
      } catch (error) {
        failed = true
        // A failed statement between `begin` and `commit` would fail everything that comes after it.
        if (afterFailure === 'roll back') await client.query('rollback').catch(() => {})
        throw error
      } finally {
        client.off('error', onBroken)
        client.release(failed && afterFailure === 'replace')
      }
    },
    close,
  }
}

function rowsOf(result: QueryResult<object> | QueryResult<object>[]): object[] {
  return Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows
}
