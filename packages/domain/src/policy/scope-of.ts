import { type Access, type GrantLevel, grantLevels } from '@kickstartmyai/contract'
import type { ExecutionScope, Scope } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { type Permission, permissions, senderMay } from './permissions.ts'

type NounOf<P extends Permission> = P extends `${infer Noun}.${string}` ? Noun : never
type ScopeOf<P extends Permission> =
  NounOf<P> extends 'execution' ? ExecutionScope : Scope<Exclude<NounOf<P>, 'execution'>>

/** The grants that are enough for something, besides owning the thing. */
export function levelsFor(permission: Permission): readonly GrantLevel[] {
  const needed = permissions[permission]
  if (needed === 'owner') return []
  return grantLevels.slice(grantLevels.indexOf(needed === 'sender' ? 'editor' : needed))
}

/** Who asks, and what is enough for it: what every query about things that can be shared is limited by. */
export function scopeOf<P extends Permission>({ userId }: Pick<Actor, 'userId'>, permission: P): ScopeOf<P> {
  const noun = permission.split('.', 1)[0]
  const scope = { noun, userId, levels: levelsFor(permission) }
  if (noun !== 'execution') return scope as ScopeOf<P>
  const sender =
    permissions[permission] === 'sender' ? 'needed' : senderMay.includes(permission) ? 'enough' : 'no matter'
  return { ...scope, sender } as unknown as ScopeOf<P>
}

/** Whether what somebody is to a thing is enough for something. */
export function allows(access: Access, permission: Permission): boolean {
  return access === 'owner' || levelsFor(permission).includes(access)
}
