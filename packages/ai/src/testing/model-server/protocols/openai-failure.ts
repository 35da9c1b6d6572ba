import type { Failure } from './protocol.ts'

const ERRORS: Readonly<Record<number, { type: string; code: string | null; message: string }>> = {
  400: { type: 'invalid_request_error', code: null, message: 'Invalid request.' },
  401: { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  403: { type: 'request_forbidden', code: 'unsupported_country_region_territory', message: 'Country not supported.' },
  404: { type: 'invalid_request_error', code: 'model_not_found', message: 'The model does not exist.' },
  429: { type: 'tokens', code: 'rate_limit_exceeded', message: 'Rate limit reached. Please try again later.' },
  503: { type: 'service_unavailable_error', code: 'server_is_overloaded', message: 'The engine is overloaded.' },
}

export const serverError = {
  type: 'server_error',
  code: 'server_error',
  message: 'The server had an error while processing your request. Sorry about that!',
}

/** An error as both OpenAI protocols tell it: https://platform.openai.com/docs/guides/error-codes */
export function openAIFailure(failure: Failure): { status: number; body: object } {
  if (failure.type === 'quota') {
    const message = 'You exceeded your current quota, please check your plan and billing details.'
    return { status: 429, body: bodyOf({ type: 'insufficient_quota', code: 'insufficient_quota', message }) }
  }
  if (failure.type === 'overflow') {
    const message = 'Your input exceeds the context window of this model. Please adjust your input and try again.'
    const error = { type: 'invalid_request_error', code: 'context_length_exceeded', message }
    return { status: 400, body: bodyOf(error, 'input') }
  }
  return { status: failure.status, body: bodyOf(ERRORS[failure.status] ?? serverError) }
}

function bodyOf(error: object, param: string | null = null): object {
  return { error: { ...error, param } }
}
