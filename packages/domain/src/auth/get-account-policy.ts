import type { AccountPolicy } from '@kickstartmyai/contract'
import { findSetup } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'

/** What anybody may know of how accounts are made here. */
export async function getAccountPolicy({ db, accounts }: Deps): Promise<AccountPolicy> {
  const { registration, emailVerification } = accounts
  return { registration, emailVerification, needsSetup: (await findSetup(db))?.is_over === false }
}
