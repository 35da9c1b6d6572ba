import type { Role, UserId, UserStatus } from '@kickstartmyai/contract'
import { type ExpressionBuilder, sql } from 'kysely'
import type { Db, Schema } from '../database.ts'
import type { PageRequest } from './keyset.ts'
import type { UserRow } from './users.ts'

/** A user with what only they and administrators see. */
export type AccountRow = UserRow & { totp_enabled: boolean; last_seen_at: Date | null }

const seen = (eb: ExpressionBuilder<Schema, 'users'>) => [
  eb
    .exists(
      eb
        .selectFrom('totp_factors')
        .select('user_id')
        .whereRef('totp_factors.user_id', '=', 'users.id')
        .where('confirmed_at', 'is not', null),
    )
    .$castTo<boolean>()
    .as('totp_enabled'),
  eb
    .selectFrom('sessions')
    .select(({ fn }) => fn.max('last_used_at').as('at'))
    .whereRef('sessions.user_id', '=', 'users.id')
    .as('last_seen_at'),
]

/** One who is being erased counts as gone. */
const accounts = (db: Db) => db.selectFrom('users').selectAll('users').select(seen).where('status', '<>', 'leaving')

export function findAccount(db: Db, userId: UserId): Promise<AccountRow | undefined> {
  return accounts(db).where('users.id', '=', userId).executeTakeFirst() as Promise<AccountRow | undefined>
}

export interface AccountFilter {
  q: string | undefined
  role: Role | undefined
  status: UserStatus | undefined
}

/** Everybody's accounts, newest first; for administrators. */
export function listAccounts(
  db: Db,
  { q, role, status }: AccountFilter,
  { limit, after }: PageRequest,
): Promise<AccountRow[]> {
  return accounts(db)
    .$if(q !== undefined && q !== '', (query) =>
      query.where((eb) => {
        const pattern = `%${q!.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
        return eb.or([eb('email', 'ilike', pattern), eb('full_name', 'ilike', pattern)])
      }),
    )
    .$if(role !== undefined, (query) => query.where('role', '=', role!))
    .$if(status !== undefined, (query) => query.where('status', '=', status!))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(users.created_at, users.id) < (${after!.at}::timestamptz, ${after!.id}::uuid)`),
    )
    .orderBy('users.created_at', 'desc')
    .orderBy('users.id', 'desc')
    .limit(limit)
    .execute() as Promise<AccountRow[]>
}
