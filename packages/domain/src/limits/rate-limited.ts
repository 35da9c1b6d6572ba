import { DomainError } from '../domain-error.ts'

/** The refusal of what was done too often. */
export function rateLimited(seconds: number): DomainError {
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`
  return new DomainError('RATE_LIMITED', `Too many attempts. Try again in ${wait}.`, { retryAfterSeconds: seconds })
}
