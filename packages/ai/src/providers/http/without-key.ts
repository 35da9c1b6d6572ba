import { ModelError } from '../../model/error.ts'

/** The same error without the key: a server may quote anything that it was sent. */
export function withoutKey(error: ModelError, apiKey: string): ModelError {
  // What is shorter is a word such as “none” and no secret.
  if (apiKey.length < 6 || !error.message.includes(apiKey)) return error
  const { kind, retryable, retryAfterMs, status } = error
  return new ModelError(kind, error.message.replaceAll(apiKey, '…'), {
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(status === undefined ? {} : { status }),
  })
}
