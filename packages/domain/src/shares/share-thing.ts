import { type GrantLevel, limits, type Principal, type Share, type UserId } from '@kickstartmyai/contract'
import { countGrants, deleteGrant, type Transaction, upsertGrant } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { Deps } from '../deps.ts'
import { DomainError, notFound } from '../domain-error.ts'
import { hasRole } from '../policy/check-role.ts'
import { rolePermissions } from '../policy/permissions.ts'
import { toGrantee, toShareView } from './to-share-view.ts'

/** A thing that the caller may share, and that they hold in this transaction. */
export interface Held {
  noun: 'agent' | 'conversation'
  id: string
  ownerId: UserId
}

/** Grants a level on a thing, in the place of the one before. Throws NOT_FOUND (user, group), VALIDATION_FAILED, LIMIT_EXCEEDED. */
export async function shareThing(
  deps: Deps,
  tx: Transaction,
  actor: Actor,
  { noun, id, ownerId }: Held,
  principal: Principal,
  level: GrantLevel,
): Promise<Share> {
  if (principal.type === 'user' && principal.userId === ownerId) {
    const message = 'It is theirs: an owner needs no share.'
    throw new DomainError('VALIDATION_FAILED', message, { issues: [{ path: 'principal', message }] })
  }
  if ((await countGrants(tx, noun, id)) >= limits.sharesPerThing) {
    const message = `This is shared ${limits.sharesPerThing} times, which is the most. Share it with a group.`
    throw new DomainError('LIMIT_EXCEEDED', message)
  }
  const grant = { object_type: noun, object_id: id, level, ...toGrantee(principal) }
  const seesAllGroups = hasRole(actor, rolePermissions['group.shareWithAny'])
  const row = await upsertGrant(tx, grant, actor.userId, seesAllGroups)
  if (!row) throw notFound(principal.type === 'group' ? 'group' : 'user')
  const share = toShareView(row)
  const details = { principal: share.principal, level }
  await writeAudit(deps, tx, actor, { action: 'share.granted', object: [noun, id], details })
  return share
}

/** Takes a grant away. Throws NOT_FOUND when there is no such one. */
export async function unshareThing(
  deps: Deps,
  tx: Transaction,
  actor: Actor,
  { noun, id }: Held,
  principal: Principal,
): Promise<void> {
  if (!(await deleteGrant(tx, noun, id, toGrantee(principal)))) throw notFound('share')
  await writeAudit(deps, tx, actor, { action: 'share.withdrawn', object: [noun, id], details: { principal } })
}
