import type { Page } from '@kickstartmyai/contract'
import type { Keyset } from '@kickstartmyai/db'
import { toCursor } from './cursor.ts'

/** Makes a page of rows of which one more than `limit` was asked for: the extra one tells that there is a next page. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keysetOf: (row: Row) => Keyset,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const nextCursor = rows.length > limit && last !== undefined ? toCursor(keysetOf(last)) : null
  return { items: shown.map(toItem), nextCursor }
}
