import { z } from 'zod'
import { limits } from './limits.ts'

/** The query of every list. `cursor` is opaque: pass back what the page before gave as `nextCursor`. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number<number>().int().min(1).max(limits.pageSize).default(limits.pageSizeDefault),
  cursor: z.string().max(500).optional(),
})
export type PageQuery = z.infer<typeof PageQuery>

/** One page of a list; `nextCursor` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export type Page<Item> = { items: Item[]; nextCursor: string | null }
