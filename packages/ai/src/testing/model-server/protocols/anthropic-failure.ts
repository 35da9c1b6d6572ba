import type { Failure } from './protocol.ts'

const ERRORS: Readonly<Record<number, { type: string; message: string }>> = {
  400: { type: 'invalid_request_error', message: 'Invalid request.' },
  401: { type: 'authentication_error', message: 'invalid x-api-key' },
  402: { type: 'billing_error', message: 'There is a problem with your billing.' },
  403: { type: 'permission_error', message: 'Your API key does not have permission to use the specified resource.' },
  404: { type: 'not_found_error', message: 'The requested resource could not be found.' },
  413: { type: 'request_too_large', message: 'Request exceeds the maximum size.' },
  429: { type: 'rate_limit_error', message: 'This request would exceed your rate limit.' },
  529: { type: 'overloaded_error', message: 'Overloaded' },
}

export const overloaded = { details: null, type: 'overloaded_error', message: 'Overloaded' }

/** An error as the Messages API tells it: https://platform.claude.com/docs/en/api/errors */
export function anthropicFailure(failure: Failure): { status: number; body: object } {
  if (failure.type === 'quota') {
    return bodyOf(402, { type: 'billing_error', message: 'Your credit balance is too low to access the API.' })
  }
  if (failure.type === 'overflow') {
    const message = 'prompt is too long: 1048577 tokens > 1000000 maximum'
    return bodyOf(400, { type: 'invalid_request_error', message })
  }
  return bodyOf(failure.status, ERRORS[failure.status] ?? { type: 'api_error', message: 'Internal server error' })
}

function bodyOf(status: number, error: object): { status: number; body: object } {
  return { status, body: { type: 'error', error: { details: null, ...error }, request_id: 'req_model_server' } }
}
