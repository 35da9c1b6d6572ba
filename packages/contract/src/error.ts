import { z } from 'zod'

/**
 * Every reason for which a request can be refused. Closed: a client may switch over it and be done.
 * The HTTP status of each is decided by the api package.
 */
export const errorCodes = [
  'VALIDATION_FAILED',
  'UNAUTHORIZED',
  'TOKEN_EXPIRED',
  'INVALID_CREDENTIALS',
  'TOTP_REQUIRED',
  'EMAIL_NOT_VERIFIED',
  'ACCOUNT_SUSPENDED',
  'TOKEN_INVALID',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'CONFLICT',
  'CONVERSATION_BUSY',
  'EMAIL_TAKEN',
  'IDEMPOTENCY_MISMATCH',
  'EXECUTION_ENDED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'LIMIT_EXCEEDED',
  'RATE_LIMITED',
  'MODEL_NOT_CONFIGURED',
  'UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL',
] as const

export const ErrorCode = z.enum(errorCodes)
export type ErrorCode = z.infer<typeof ErrorCode>

/** One field that was refused: `path` is dotted, as in `tools.0.name`. */
export const FieldIssue = z.object({ path: z.string(), message: z.string() })
export type FieldIssue = z.infer<typeof FieldIssue>

export const ErrorDetails = z.object({
  issues: z.array(FieldIssue).optional(),
  retryAfterSeconds: z.number().optional(),
})
export type ErrorDetails = z.infer<typeof ErrorDetails>

/** What every refused request carries. `requestId` is the one in the server's log. */
export const ApiError = z.object({
  code: ErrorCode,
  message: z.string(),
  requestId: z.string(),
  details: ErrorDetails.optional(),
})
export type ApiError = z.infer<typeof ApiError>

export const ErrorBody = z.object({ error: ApiError })
export type ErrorBody = z.infer<typeof ErrorBody>
