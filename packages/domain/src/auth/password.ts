import { hash, verify } from '@node-rs/argon2'

/** argon2id with the parameters that OWASP's Password Storage Cheat Sheet names: 19 MiB, 2 passes, 1 lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(password, parameters)
}

/**
 * Whether the password is the one that was hashed. Without a hash (no such account) it takes as long and says no, so
 * that the time of an answer does not tell whether an account exists.
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? hashOfNobody, password)
  return passwordHash !== undefined && matches
}

/** The hash of a random string with the same parameters. */
const hashOfNobody = '$argon2id$v=19$m=19456,t=2,p=1$c29tZS1yYW5kb20tc2FsdA$C4a3E1hJ1MfvGXpDNmBnDvVh8y3xGkuCGyVNO9LoQ5g'
