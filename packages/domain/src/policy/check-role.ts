import type { Role } from '@kickstartmyai/contract'
import type { Actor } from '../actor.ts'
import { DomainError } from '../domain-error.ts'

/** Lets a caller pass who has this role. Throws FORBIDDEN. */
export function checkRole(actor: Pick<Actor, 'role'>, role: Role): void {
  if (role === 'user' || actor.role === 'admin') return
  throw new DomainError('FORBIDDEN', 'Only an administrator may do this.')
}
