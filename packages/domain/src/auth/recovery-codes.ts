import { createHash, randomBytes } from 'node:crypto'
import type { UserId } from '@kickstartmyai/contract'
import { replaceRecoveryCodes, type Transaction } from '@kickstartmyai/db'
import { toBase32 } from './totp.ts'

const howMany = 10

/** Gives a person new recovery codes, of 80 bits each, instead of those they had. Only hashes are kept. */
export async function renewRecoveryCodes(tx: Transaction, userId: UserId): Promise<string[]> {
  const codes = Array.from({ length: howMany }, () =>
    (toBase32(randomBytes(10)).toLowerCase().match(/.{4}/g) ?? []).join('-'),
  )
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.map((code) => hashRecoveryCode(userId, code)),
  )
  return codes
}

/** However it was typed: with or without hyphens, in small or large letters. */
export function hashRecoveryCode(userId: UserId, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[\s-]/g, '')
  return createHash('sha256').update(`${userId}:${plain}`).digest('hex')
}
