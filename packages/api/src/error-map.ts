import type { ErrorCode } from '@kickstartmyai/contract'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'

interface Answer {
  status: number
  trpc: TRPC_ERROR_CODE_KEY
}

/** What each error code means over HTTP and over tRPC. A new code without a row does not compile. */
export const errorMap = {
  VALIDATION_FAILED: { status: 400, trpc: 'BAD_REQUEST' },
  UNAUTHORIZED: { status: 401, trpc: 'UNAUTHORIZED' },
  TOKEN_EXPIRED: { status: 401, trpc: 'UNAUTHORIZED' },
  INVALID_CREDENTIALS: { status: 401, trpc: 'UNAUTHORIZED' },
  TOTP_REQUIRED: { status: 401, trpc: 'UNAUTHORIZED' },
  EMAIL_NOT_VERIFIED: { status: 403, trpc: 'FORBIDDEN' },
  ACCOUNT_SUSPENDED: { status: 403, trpc: 'FORBIDDEN' },
  TOKEN_INVALID: { status: 400, trpc: 'BAD_REQUEST' },
  FORBIDDEN: { status: 403, trpc: 'FORBIDDEN' },
  NOT_FOUND: { status: 404, trpc: 'NOT_FOUND' },
  METHOD_NOT_ALLOWED: { status: 405, trpc: 'METHOD_NOT_SUPPORTED' },
  CONFLICT: { status: 409, trpc: 'CONFLICT' },
  CONVERSATION_BUSY: { status: 409, trpc: 'CONFLICT' },
  EMAIL_TAKEN: { status: 409, trpc: 'CONFLICT' },
  IDEMPOTENCY_MISMATCH: { status: 409, trpc: 'CONFLICT' },
  EXECUTION_ENDED: { status: 409, trpc: 'CONFLICT' },
  PAYLOAD_TOO_LARGE: { status: 413, trpc: 'PAYLOAD_TOO_LARGE' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, trpc: 'UNSUPPORTED_MEDIA_TYPE' },
  LIMIT_EXCEEDED: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  RATE_LIMITED: { status: 429, trpc: 'TOO_MANY_REQUESTS' },
  MODEL_NOT_CONFIGURED: { status: 422, trpc: 'UNPROCESSABLE_CONTENT' },
  UNAVAILABLE: { status: 503, trpc: 'SERVICE_UNAVAILABLE' },
  TIMEOUT: { status: 504, trpc: 'GATEWAY_TIMEOUT' },
  INTERNAL: { status: 500, trpc: 'INTERNAL_SERVER_ERROR' },
} satisfies Record<ErrorCode, Answer>
