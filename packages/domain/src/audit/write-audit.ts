import type { AuditAction } from '@kickstartmyai/contract'
import { type Db, insertAuditEntry } from '@kickstartmyai/db'
import type { Actor, Origin } from '../actor.ts'
import type { Deps } from '../deps.ts'

export interface Deed {
  action: AuditAction
  /** What it was done to: `['agent', agent.id]`. */
  object?: readonly [type: string, id: string]
  /** What else is worth knowing. Never a secret, never what somebody wrote. */
  details?: object
}

/** Who did it: a person, or only where the request came from when nobody is signed in. */
export type Doer = Actor | { userId: null; origin: Origin }

/** Puts a deed into the audit log; `db` is the transaction of the deed, so that there is neither without the other. */
export function writeAudit({ newId }: Pick<Deps, 'newId'>, db: Db, doer: Doer, deed: Deed): Promise<void> {
  const { address, userAgent, requestId } = doer.origin
  return insertAuditEntry(db, {
    id: newId(),
    actor_id: doer.userId,
    session_id: doer.userId === null ? null : doer.sessionId,
    api_key_id: doer.userId === null ? null : (doer.apiKey?.id ?? null),
    action: deed.action,
    object_type: deed.object?.[0] ?? null,
    object_id: deed.object?.[1] ?? null,
    address,
    user_agent: userAgent?.slice(0, 500) ?? null,
    request_id: requestId,
    details: JSON.stringify(deed.details ?? {}),
  })
}
