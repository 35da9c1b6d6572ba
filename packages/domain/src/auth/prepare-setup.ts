import { createHmac } from 'node:crypto'
import { findSetup, putSetupToken } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'
import { hashOneTimeToken } from './one-time-token.ts'

/**
 * Gets ready for the first administrator. Gives the token that makes one, to be shown to whoever starts the server; null
 * when there is an administrator. The token is the operator's, or derived from the server's secret, so that all replicas
 * and every start name the same one; the database holds its hash.
 */
export async function prepareSetup(
  { db, auth }: Pick<Deps, 'db' | 'auth'>,
  configured: string | undefined,
): Promise<string | null> {
  const token = configured ?? createHmac('sha256', auth.secret).update('setup').digest('base64url').slice(0, 32)
  await putSetupToken(db, hashOneTimeToken(token))
  return (await findSetup(db))?.is_over ? null : token
}
