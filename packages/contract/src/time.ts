import { z } from 'zod'

/** A point in time on the wire: ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.iso.datetime()
export type Timestamp = z.infer<typeof Timestamp>
