/** Every way in which a model can fail. Closed. */
export type ModelErrorKind =
  | 'rate_limited'
  | 'quota_exceeded'
  | 'overloaded'
  | 'unavailable'
  | 'auth_failed'
  | 'rejected_request'
  | 'context_overflow'
  | 'stream_cut'
  | 'stalled'
  | 'malformed'
  | 'empty'
  | 'refused'

/** The one error that a provider throws (besides the abort reason of its signal). */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly kind: ModelErrorKind
  /** Whether the same request may succeed later. Only ever acted on before the first chunk. */
  readonly retryable: boolean
  /** The least wait that the vendor asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined
  /** The HTTP status, where there was one. */
  readonly status: number | undefined

  constructor(
    kind: ModelErrorKind,
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number; status?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.kind = kind
    this.retryable = options.retryable ?? false
    this.retryAfterMs = options.retryAfterMs
    this.status = options.status
  }
}
