import { ModelError, type ModelErrorKind } from '../../model/error.ts'
import { retryAfterMs } from './retry-after.ts'

/** What a vendor said when it failed, whether by status or by an error event in its stream. */
export interface Failure {
  vendor: string
  kind: ModelErrorKind
  status?: number | undefined
  headers?: Headers | undefined
  /** The vendor's own words. */
  message?: string | undefined
}

const RETRYABLE: ReadonlySet<ModelErrorKind> = new Set([
  'rate_limited',
  'overloaded',
  'unavailable',
  'stream_cut',
  'stalled',
  'malformed',
])

const WORDS: Record<ModelErrorKind, string> = {
  rate_limited: 'asks for fewer requests',
  quota_exceeded: 'says that the quota or the credit of this account is used up',
  overloaded: 'is overloaded',
  unavailable: 'is not available',
  auth_failed: 'does not accept the key that it was sent, or does not let it use this model',
  rejected_request: 'rejected the request',
  context_overflow: 'says that the conversation is longer than the model can read',
  stream_cut: 'broke off in the middle of its answer',
  stalled: 'stopped sending',
  malformed: 'sent something that cannot be read',
  empty: 'gave an empty answer',
  refused: 'declined to answer this',
}

/** The kinds for which the vendor's own words help; those of the others add nothing, and may name the key. */
const QUOTED: ReadonlySet<ModelErrorKind> = new Set(['rejected_request', 'refused'])

/** A failure as a ModelError, in words that a user can read and that never contain a key. */
export function toModelFailure({ vendor, kind, status, headers, message }: Failure): ModelError {
  const said = message && QUOTED.has(kind) ? `: ${withoutKeys(message)}` : '.'
  const wait = retryAfterMs(headers)
  return new ModelError(kind, `${vendor} ${WORDS[kind]}${status ? ` (${status})` : ''}${said}`, {
    retryable: RETRYABLE.has(kind),
    ...(status === undefined ? {} : { status }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  })
}

/** A request that got no answer. What the system says of it is the cause. */
export function toConnectionFailure(vendor: string, error: Error): ModelError {
  let cause = error
  while (cause.cause instanceof Error) cause = cause.cause
  const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : ''
  return new ModelError('unavailable', `${vendor} cannot be reached${code}.`, { retryable: true, cause })
}

/**
 * A request that could not even be made, for instance because its key fits into no header. Not quoted: such an error holds
 * the key.
 */
export function toUnsentFailure(vendor: string): ModelError {
  return new ModelError('rejected_request', `${vendor} could not be asked: the key or the base URL is malformed.`)
}

/** What a status says, unless the body knows better than “something failed”. */
export function kindOfAnswer(status: number, told: ModelErrorKind | undefined): ModelErrorKind {
  if (told && (told !== 'unavailable' || status < 500)) return told
  if (status === 401 || status === 403) return 'auth_failed'
  if (status === 402) return 'quota_exceeded'
  if (status === 413) return 'context_overflow'
  if (status === 429) return 'rate_limited'
  if (status === 503 || status === 529) return 'overloaded'
  if (status === 408 || status === 409 || status >= 500) return 'unavailable'
  return 'rejected_request'
}

/** Vendors echo keys in some errors, and a compatible server may echo anything. */
function withoutKeys(message: string): string {
  return message.replace(/\b(sk|key|bearer)[-_ ][\w*.-]{6,}/gi, '$1-…').slice(0, 500)
}
