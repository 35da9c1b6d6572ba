import type { UserId } from '@kickstartmyai/contract'
import { lockActiveAdmins, type Transaction } from '@kickstartmyai/db'
import { DomainError } from '../domain-error.ts'

/** Refuses to take the last administrator who can sign in away, also when two are about to go at once. Throws CONFLICT. */
export async function keepAnAdmin(tx: Transaction, userId: UserId): Promise<void> {
  const admins = await lockActiveAdmins(tx)
  if (admins.length > 1 || admins[0] !== userId) return
  throw new DomainError('CONFLICT', 'This is the last administrator. Make somebody else one first.')
}
