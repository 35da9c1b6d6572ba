import type { Role } from '@kickstartmyai/contract'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'

/** Whether a caller has this role. No API key carries its person's role as administrator. */
export function hasRole({ role, apiKey }: Pick<Actor, 'role' | 'apiKey'>, needed: Role): boolean {
  return needed === 'user' || (role === 'admin' && apiKey === null)
}

/** Lets a caller pass who has this role. Throws FORBIDDEN. */
export function checkRole(actor: Pick<Actor, 'role' | 'apiKey'>, needed: Role): void {
  if (!hasRole(actor, needed)) throw new DomainError('FORBIDDEN', 'Only an administrator may do this.')
}
