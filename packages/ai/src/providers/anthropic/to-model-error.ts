import { APIConnectionError, APIError } from '@anthropic-ai/sdk'
import { ModelError, type ModelErrorKind } from '../../model/error.ts'
import { kindOfAnswer, toConnectionFailure, toModelFailure, toUnsentFailure } from '../http/http-failure.ts'

const VENDOR = 'Anthropic'

/** Types of error bodies and error events: https://platform.claude.com/docs/en/api/errors */
const KINDS: Readonly<Record<string, ModelErrorKind>> = {
  authentication_error: 'auth_failed',
  permission_error: 'auth_failed',
  billing_error: 'quota_exceeded',
  rate_limit_error: 'rate_limited',
  request_too_large: 'context_overflow',
  invalid_request_error: 'rejected_request',
  not_found_error: 'rejected_request',
  overloaded_error: 'overloaded',
  api_error: 'unavailable',
  timeout_error: 'unavailable',
}

/** What the SDK threw before or while it streamed, as a ModelError. */
export function toModelError(error: unknown, model: string): ModelError {
  if (error instanceof APIConnectionError) return toConnectionFailure(VENDOR, error)
  if (!(error instanceof APIError)) return toUnsentFailure(VENDOR)
  const { status, headers, type, apiMessage, errorCode } = error as APIError
  const told = { type, message: apiMessage, code: errorCode }
  if (status === undefined) return toStreamError(told)
  if (status === 404) return notFound(model, status)
  const kind = kindOfAnswer(status, kindOf(told))
  return toModelFailure({ vendor: VENDOR, kind, status, headers, message: apiMessage ?? undefined })
}

interface ToldError {
  type: string | null
  message: string | null
  code?: string | null
}

/** An error that came as an event of a stream that had begun well. */
export function toStreamError(told: ToldError): ModelError {
  return toModelFailure({ vendor: VENDOR, kind: kindOf(told) ?? 'unavailable', message: told.message ?? undefined })
}

function kindOf({ type, message, code }: ToldError): ModelErrorKind | undefined {
  if (code && /spend_limit|billing/.test(code)) return 'quota_exceeded'
  if (type === 'invalid_request_error' && message) {
    // These have no code of their own.
    if (/prompt is too long|exceeds? (the )?(context|maximum)|context (limit|window)/i.test(message))
      return 'context_overflow'
    if (/credit balance|specified API usage limits/i.test(message)) return 'quota_exceeded'
  }
  return type ? KINDS[type] : undefined
}

function notFound(model: string, status: number): ModelError {
  const message = `${VENDOR} knows no model “${model}”, or the account of the key may not use it (${status}).`
  return new ModelError('rejected_request', message, { status })
}
