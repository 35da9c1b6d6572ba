import { type ApiError, type ErrorCode, type ErrorDetails, limits } from '@kickstartmyai/contract'
import { DomainError } from '@kickstartmyai/domain'
import { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { errorMap } from './error-map.ts'

export interface Refusal {
  status: number
  error: ApiError
}

/**
 * Turns whatever was thrown into what the caller is told: a code of the closed union, words, and the request's id.
 * What is not meant for callers (a stack, SQL, a path) is not in it.
 */
export function toRefusal(error: unknown, requestId: string): Refusal {
  const { code, message, details } = explain(error)
  return { status: errorMap[code].status, error: { code, message, requestId, ...(details && { details }) } }
}

interface Explanation {
  code: ErrorCode
  message: string
  details?: ErrorDetails | undefined
}

function explain(error: unknown): Explanation {
  if (error instanceof DomainError) return { code: error.code, message: error.message, details: error.details }
  if (error instanceof TRPCError) return explainTrpc(error)
  return { code: 'INTERNAL', message: 'Something went wrong on our side. The request id helps to find out what.' }
}

function explainTrpc(error: TRPCError): Explanation {
  if (error.cause instanceof DomainError) return explain(error.cause)
  switch (error.code) {
    case 'BAD_REQUEST':
    case 'PARSE_ERROR':
      return error.cause instanceof ZodError
        ? invalidInput(error.cause)
        : {
            code: 'VALIDATION_FAILED',
            message: `The request could not be read: it must be JSON, and a batch of at most ${limits.batchSize} calls.`,
          }
    case 'NOT_FOUND':
      return { code: 'NOT_FOUND', message: 'There is no such procedure.' }
    case 'METHOD_NOT_SUPPORTED':
      return { code: 'METHOD_NOT_ALLOWED', message: 'This cannot be called with that HTTP method.' }
    case 'UNSUPPORTED_MEDIA_TYPE':
      return { code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Send JSON, with Content-Type: application/json.' }
    case 'PAYLOAD_TOO_LARGE':
      return { code: 'PAYLOAD_TOO_LARGE', message: 'The request body is too large.' }
    default:
      return explain(null)
  }
}

function invalidInput(error: ZodError): Explanation {
  const issues = error.issues
    .slice(0, 50)
    .map(({ path, message }) => ({ path: short(path.join('.')), message: short(message) }))
  const first = issues[0]
  const message = first
    ? `The input is not valid: ${first.path === '' ? '' : `${first.path}: `}${first.message}`
    : 'The input is not valid.'
  return { code: 'VALIDATION_FAILED', message, details: { issues } }
}

/** What callers sent is named in words about it; an answer must not grow with that. */
function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
