import { APIConnectionError, APIError } from 'openai'
import { ModelError, type ModelErrorKind } from '../../model/error.ts'
import { kindOfAnswer, toConnectionFailure, toModelFailure, toUnsentFailure } from '../http/http-failure.ts'

const VENDOR = 'OpenAI'

/** Codes, and failing these types, of error bodies, error events and failed responses:
 * https://platform.openai.com/docs/guides/error-codes */
const KINDS: Readonly<Record<string, ModelErrorKind>> = {
  invalid_request_error: 'rejected_request',
  insufficient_quota: 'quota_exceeded',
  billing_hard_limit_reached: 'quota_exceeded',
  billing_not_active: 'quota_exceeded',
  rate_limit_exceeded: 'rate_limited',
  context_length_exceeded: 'context_overflow',
  string_above_max_length: 'context_overflow',
  server_error: 'unavailable',
  server_is_overloaded: 'overloaded',
  slow_down: 'overloaded',
  invalid_api_key: 'auth_failed',
  model_not_found: 'rejected_request',
  invalid_prompt: 'refused',
  content_policy_violation: 'refused',
  bio_policy: 'refused',
  misalignment_policy_violation: 'refused',
}

/** What the SDK threw before or while it streamed, as a ModelError. */
export function toModelError(error: unknown, model: string): ModelError {
  if (error instanceof APIConnectionError) return toConnectionFailure(VENDOR, error)
  if (!(error instanceof APIError)) return toUnsentFailure(VENDOR)
  const { status, headers, code, type } = error as APIError
  const told = { code, type, message: wordsOf(error as APIError) }
  if (status === undefined) return toStreamError(told)
  if (status === 404) return notFound(model, status)
  const kind = kindOfAnswer(status, kindOf(told))
  return toModelFailure({ vendor: VENDOR, kind, status, headers, message: told.message })
}

interface ToldError {
  code?: string | null | undefined
  type?: string | null | undefined
  message?: string | undefined
}

/** An error that came as an event of a stream that had begun well. */
export function toStreamError(told: ToldError | null): ModelError {
  return toModelFailure({ vendor: VENDOR, kind: (told && kindOf(told)) ?? 'unavailable', message: told?.message })
}

function kindOf({ code, type, message }: ToldError): ModelErrorKind | undefined {
  const kind = KINDS[code ?? ''] ?? KINDS[type ?? '']
  // Compatible servers tell of a full context in words only.
  const overflows = message !== undefined && /context (length|window)|maximum context/i.test(message)
  return overflows && (!kind || kind === 'rejected_request') ? 'context_overflow' : kind
}

function wordsOf(error: APIError): string | undefined {
  const body = error.error
  return body && 'message' in body && typeof body.message === 'string' ? body.message : undefined
}

function notFound(model: string, status: number): ModelError {
  const message = `${VENDOR} knows no model “${model}”, or the account of the key may not use it (${status}).`
  return new ModelError('rejected_request', message, { status })
}
