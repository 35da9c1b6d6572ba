import type { Generated } from 'kysely'

/** One row. */
export interface SetupTable {
  one: Generated<boolean>
  token_hash: string
  done_at: Generated<Date | null>
}
