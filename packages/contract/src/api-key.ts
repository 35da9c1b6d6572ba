import { z } from 'zod'
import { ApiKeyId } from './ids.ts'
import { limits } from './limits.ts'
import { Timestamp } from './time.ts'

/**
 * What an API key may be used for. Closed. `*` is all of it; what concerns the account's safety (sessions, passwords, keys,
 * deletion) and what only administrators do is not in it: no key reaches that.
 */
export const apiKeyScopes = [
  '*',
  'account:read',
  'agents:read',
  'agents:write',
  'conversations:read',
  'conversations:write',
  'executions:read',
  'executions:write',
] as const

export const ApiKeyScope = z.enum(apiKeyScopes)
export type ApiKeyScope = z.infer<typeof ApiKeyScope>

export const ApiKey = z.object({
  id: ApiKeyId,
  name: z.string(),
  scopes: z.array(ApiKeyScope),
  /** The last four characters, to tell keys apart; the rest is not kept. */
  lastFour: z.string(),
  createdAt: Timestamp,
  /** Null: it holds until it is deleted. */
  expiresAt: Timestamp.nullable(),
  /** To the minute. */
  lastUsedAt: Timestamp.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

/** A key that was just made: the only time that it is shown. */
export const CreatedApiKey = ApiKey.extend({ key: z.string() })
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

export const CreateApiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(limits.apiKeyNameLength),
  scopes: z.array(ApiKeyScope).min(1).max(apiKeyScopes.length),
  expiresAt: Timestamp.nullable().default(null),
})
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyInput>

export const ApiKeyRef = z.strictObject({ apiKeyId: ApiKeyId })
