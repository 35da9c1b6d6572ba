import { z } from 'zod'

/** Where a replay is not what was recorded. */
export const Divergence = z.object({
  /** The name of the step; `end` when all steps agree and their outcome does not. */
  step: z.string(),
  kind: z.enum(['model', 'tool', 'end']),
  /** The hash of what was asked then, and of what would be asked now; null where nothing was. */
  expectedHash: z.string().nullable(),
  actualHash: z.string().nullable(),
  /** What differs, in words. */
  difference: z.string(),
})
export type Divergence = z.infer<typeof Divergence>

/** What came of going through an execution again with the answers that were recorded. */
export const ReplayReport = z.discriminatedUnion('identical', [
  z.object({
    identical: z.literal(true),
    /** How many steps, of models and tools, were gone through. */
    steps: z.number().int(),
    /** How many of them could not be compared: they were shared from another execution, which asked otherwise. */
    unrecorded: z.number().int(),
  }),
  z.object({
    identical: z.literal(false),
    /** How many steps agreed. */
    steps: z.number().int(),
    /** The first one that did not. */
    divergence: Divergence,
  }),
])
export type ReplayReport = z.infer<typeof ReplayReport>
