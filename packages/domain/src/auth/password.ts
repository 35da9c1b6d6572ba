import { hash, verify } from '@node-rs/argon2'
import type { Deps } from '../deps.ts'

/** argon2id with the parameters that OWASP's Password Storage Cheat Sheet names: 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes off the event loop, in node's pool of threads. Throws UNAVAILABLE when too many wait at the gate. */
export function hashPassword({ passwordGate }: Pick<Deps, 'passwordGate'>, password: string): Promise<string> {
  return passwordGate.run(() => hash(password, parameters))
}

/**
 * Whether the password is the one that was hashed. Without a hash (no such account) it takes as long and says no, so
 * that the time of an answer does not tell whether an account exists. `who` says whether the device is known, and thus
 * waits before others. Throws UNAVAILABLE when too many wait at the gate.
 */
export async function verifyPassword(
  { passwordGate }: Pick<Deps, 'passwordGate'>,
  passwordHash: string | null | undefined,
  password: string,
  who: 'known' | 'anyone' = 'anyone',
): Promise<boolean> {
  const matches = await passwordGate.run(() => verify(passwordHash ?? hashOfNobody, password), who)
  return passwordHash != null && matches
}

/** The hash of a random string with the same parameters. */
const hashOfNobody = '$argon2id$v=19$m=19456,t=2,p=1$c29tZS1yYW5kb20tc2FsdA$C4a3E1hJ1MfvGXpDNmBnDvVh8y3xGkuCGyVNO9LoQ5g'
