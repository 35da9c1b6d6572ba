import type { ApiKeyScope } from '@kickstartmyai/contract'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'

/**
 * Lets a caller pass who is signed in, or whose API key reaches as far as this. `scope` null: no key does. Throws
 * FORBIDDEN.
 */
export function checkScope({ apiKey }: Pick<Actor, 'apiKey'>, scope: ApiKeyScope | null): void {
  if (apiKey === null) return
  if (scope === null) throw new DomainError('FORBIDDEN', 'This cannot be done with an API key. Sign in for it.')
  if (apiKey.scopes.includes('*') || apiKey.scopes.includes(scope)) return
  throw new DomainError('FORBIDDEN', `This API key lacks the scope ${scope}.`)
}
