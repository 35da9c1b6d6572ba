import type { AppRouter } from '@kickstartmyai/api/app-router'
import type { ApiError, ErrorCode, ErrorDetails } from '@kickstartmyai/contract'
import { TRPCClientError } from '@trpc/client'

/** Why a call failed: what the server said, or `NETWORK` when it was not reached. */
export type ClientErrorCode = ErrorCode | 'NETWORK'

interface ClientErrorOptions {
  code: ClientErrorCode
  message: string
  status?: number | undefined
  requestId?: string | undefined
  details?: ErrorDetails | undefined
  cause?: unknown
}

/** The one error that calls and streams throw, apart from the reason of the caller's own abort signal. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly code: ClientErrorCode
  /** The HTTP status; undefined when there was no answer. */
  readonly status: number | undefined
  /** The id under which the server's log has the request. */
  readonly requestId: string | undefined
  readonly details: ErrorDetails | undefined

  constructor({ code, message, status, requestId, details, cause }: ClientErrorOptions) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.status = status
    this.requestId = requestId
    this.details = details
  }
}

/** Whatever a call, a hook or a stream threw, as a ClientError. */
export function toClientError(error: unknown): ClientError {
  if (error instanceof ClientError) return error
  if (error instanceof TRPCClientError) return fromTrpc(error as TRPCClientError<AppRouter>)
  const message = error instanceof Error ? error.message : 'Something went wrong in the client.'
  return new ClientError({ code: 'INTERNAL', message, cause: error })
}

/** What fetch threw, as a ClientError. */
export function unreachable(cause: unknown): ClientError {
  return new ClientError({ code: 'NETWORK', message: 'The server could not be reached.', cause })
}

/** What the body of a refused request says; a body that is not ours (a proxy's page) is known by its status alone. */
export function fromBody(body: unknown, response: { status: number; headers: Headers }): ClientError {
  const { status } = response
  const error = (body as { error?: unknown } | null | undefined)?.error
  const told = retryAfter(response.headers)
  if (isApiError(error))
    return fromApiError(told ? { ...error, details: { ...told, ...error.details } } : error, status)
  const message =
    status < 400 ? 'The answer is not from the server itself.' : `The server answered with status ${status}.`
  return new ClientError({ code: codeOf(status), message, status, details: told })
}

/** An error that the server told in words of its own. */
export function fromApiError(error: ApiError, status?: number): ClientError {
  return new ClientError({ ...error, status })
}

function fromTrpc(error: TRPCClientError<AppRouter>): ClientError {
  if (error.cause instanceof ClientError) return error.cause
  const { data } = error
  if (isApiError(data?.error)) return fromApiError(data.error, data.httpStatus)
  const { response, responseJSON } = (error.meta ?? {}) as { response?: Response; responseJSON?: unknown }
  if (response) return fromBody(responseJSON, response)
  return new ClientError({ code: 'INTERNAL', message: error.message, cause: error })
}

export function isApiError(value: unknown): value is ApiError {
  const error = value as Partial<ApiError> | null | undefined
  return typeof error?.code === 'string' && typeof error.message === 'string' && typeof error.requestId === 'string'
}

/** Seconds, or a date (RFC 9110, 10.2.3), which is seen against the clock of who wrote it. */
function retryAfter(headers: Headers): ErrorDetails | undefined {
  const given = headers.get('retry-after')
  if (given === null) return undefined
  const written = Date.parse(headers.get('date') ?? '')
  const now = Number.isNaN(written) ? Date.now() : written
  const seconds = /^\s*\d+\s*$/.test(given) ? Number(given) : (Date.parse(given) - now) / 1000
  return Number.isFinite(seconds) ? { retryAfterSeconds: Math.max(0, seconds) } : undefined
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
      return 'UNAUTHORIZED'
    case 403:
      return 'FORBIDDEN'
    case 404:
      return 'NOT_FOUND'
    case 408:
    case 504:
      return 'TIMEOUT'
    case 413:
      return 'PAYLOAD_TOO_LARGE'
    case 429:
      return 'RATE_LIMITED'
    case 502:
    case 503:
      return 'UNAVAILABLE'
    default:
      return status >= 400 && status < 500 ? 'VALIDATION_FAILED' : 'INTERNAL'
  }
}
