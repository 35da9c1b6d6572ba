import { z } from 'zod'
import { limits } from './limits.ts'
import { ProviderName } from './model.ts'
import { Timestamp } from './time.ts'

/** The vendors that answer to a key. */
export const VendorName = ProviderName.exclude(['demo'])
export type VendorName = z.infer<typeof VendorName>

/** A person's own key for a vendor, as far as it is ever shown again. */
export const ProviderKey = z.object({
  provider: VendorName,
  /** Empty for a key of which four characters would be too much. */
  lastFour: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type ProviderKey = z.infer<typeof ProviderKey>

/** What fits into a header. Where it is sent is for the operator to say: an address in here could be anybody's. */
export const SetProviderKeyInput = z.strictObject({
  provider: VendorName,
  apiKey: z
    .string()
    .trim()
    .min(1)
    .max(limits.providerKeyLength)
    .regex(/^[\u0021-\u007e]+$/, 'A key has no spaces and no characters outside of ASCII.'),
})
export type SetProviderKeyInput = z.infer<typeof SetProviderKeyInput>

export const ProviderKeyRef = z.strictObject({ provider: VendorName })
