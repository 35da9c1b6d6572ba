import type { ClientError, ClientErrorCode } from './client-error.ts'

/** What may pass by itself. Anything else is final. */
const passing: ReadonlySet<ClientErrorCode> = new Set<ClientErrorCode>([
  'NETWORK',
  'UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL',
  'RATE_LIMITED',
  'LIMIT_EXCEEDED',
])

/** True for a failure that may be gone when one tries again: on the way, or of a server that is busy, broken or away. */
export function mayPass({ code }: ClientError): boolean {
  return passing.has(code)
}

/**
 * True for a failure that neither the server nor the network has told: a token that the program could not give, a stream
 * that makes no sense. Trying again helps where it was an accident.
 */
export function isNobodysWord({ code, status, requestId }: ClientError): boolean {
  return code === 'INTERNAL' && status === undefined && requestId === undefined
}
