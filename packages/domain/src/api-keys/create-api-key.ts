import { type ApiKeyId, type CreateApiKeyInput, type CreatedApiKey, limits } from '@kickstartmyai/contract'
import { insertApiKey, inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'
import { hashApiKeyToken, newApiKeyToken } from './api-key-token.ts'
import { toApiKeyView } from './to-api-key-view.ts'

/**
 * Makes a key by which programs act for the caller, as far as its scopes go. It is shown this once. Throws
 * VALIDATION_FAILED (it would be over already) and LIMIT_EXCEEDED.
 */
export async function createApiKey(deps: Deps, actor: Actor, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt)
  if (expiresAt && expiresAt.getTime() <= deps.clock.now()) {
    const message = 'A key must expire in the future, or never (null).'
    throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'expiresAt', message }] })
  }
  const key = newApiKeyToken()
  const scopes = [...new Set(input.scopes)]
  const row = await inTransaction(deps.db, async (tx) => {
    const values = {
      id: deps.newId() as ApiKeyId,
      user_id: actor.userId,
      name: input.name,
      scopes,
      key_hash: hashApiKeyToken(key),
      last_four: key.slice(-4),
      expires_at: expiresAt,
    }
    const written = await insertApiKey(tx, values, limits.apiKeysPerUser)
    if (!written) {
      const message = `You have ${limits.apiKeysPerUser} keys, which is the most. Delete one first.`
      throw new DomainError('LIMIT_EXCEEDED', message)
    }
    await writeAudit(deps, tx, actor, {
      action: 'api_key.created',
      object: ['api_key', written.id],
      details: { scopes, expiresAt: input.expiresAt },
    })
    return written
  })
  return { ...toApiKeyView(row), key }
}
