import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { ask } from '../../testing/ask.ts'
import { replayFetch } from '../../testing/replay-fetch.ts'
import { createOpenAIProvider } from './create-provider.ts'

const apiKey = 'sk-proj-abcdefghijklmnopqrstuvwxyz'

async function failWith(status: number, error: object | string, headers: Record<string, string> = {}) {
  const body = typeof error === 'string' ? error : JSON.stringify({ error })
  const { fetch, bodies } = replayFetch(body, { status, headers })
  const answer = await ask(createOpenAIProvider({ apiKey, fetch }).model('gpt-6.1-terra'))
  // The SDK must not have tried again by itself.
  expect(bodies).toHaveLength(1)
  expect(answer.chunks).toEqual([])
  return answer.error
}

test.each([
  [401, { code: 'invalid_api_key', message: 'Incorrect API key' }, 'auth_failed', false],
  [403, { code: null, message: 'Country not supported' }, 'auth_failed', false],
  [400, { code: null, type: 'invalid_request_error', message: 'Unsupported parameter' }, 'rejected_request', false],
  [
    400,
    { code: 'context_length_exceeded', type: 'invalid_request_error', message: 'Too long' },
    'context_overflow',
    false,
  ],
  [400, { code: 400, message: "This model's maximum context length is 8192 tokens" }, 'context_overflow', false],
  [404, { code: 'model_not_found', message: 'No such model' }, 'rejected_request', false],
  [429, { code: 'rate_limit_exceeded', type: 'tokens', message: 'Slow down' }, 'rate_limited', true],
  [429, { code: 'insufficient_quota', type: 'insufficient_quota', message: 'Quota' }, 'quota_exceeded', false],
  [429, { code: null, type: 'insufficient_quota', message: 'Quota' }, 'quota_exceeded', false],
  [500, { code: null, type: 'server_error', message: 'Oh no' }, 'unavailable', true],
  [502, '<html>Bad gateway</html>', 'unavailable', true],
  [503, '', 'overloaded', true],
  [504, '', 'unavailable', true],
  [529, '', 'overloaded', true],
] as const)('%i %o is %s', async (status, body, kind, retryable) => {
  expect(await failWith(status, body)).toMatchObject({ kind, retryable, status })
})

test.each([
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': '0.25' }, 250],
  [{ 'retry-after-ms': '1234', 'retry-after': '2' }, 1234],
  [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, undefined],
  [{}, undefined],
])('%o asks for a wait of %s ms', async (headers, retryAfterMs) => {
  const error = await failWith(429, { code: 'rate_limit_exceeded', message: 'Slow down' }, headers)
  expect(error?.retryAfterMs).toBe(retryAfterMs)
})

test('a model that is not there is named', async () => {
  expect((await failWith(404, { code: 'model_not_found', message: 'x' }))?.message).toContain('gpt-6.1-terra')
})

test('what was wrong with a request is told, but never a key', async () => {
  const message = `Unknown parameter: 'x'. You sent Authorization: Bearer ${apiKey} and api_key=${apiKey}`
  const error = await failWith(400, { code: null, message })
  expect(error?.message).toContain("Unknown parameter: 'x'")
  expect(error?.message).not.toContain('abcdefgh')
  expect(error?.cause).toBeUndefined()
})

test('a key of no known form is not told either', async () => {
  const key = 'hunter2'
  const { fetch } = replayFetch('{"error":{"type":"invalid_request_error","message":"x: hunter2"}}', { status: 400 })
  const { error } = await ask(createOpenAIProvider({ apiKey: key, fetch }).model('x'))
  expect(error?.kind).toBe('rejected_request')
  expect(error?.message).not.toContain(key)
})

test('a server that is not there may be there later', async () => {
  // Port 1 is never served; the connection is refused at once.
  const { error } = await ask(createOpenAIProvider({ apiKey, baseURL: 'http://127.0.0.1:1/v1' }).model('x'))
  expect(error).toMatchObject({ kind: 'unavailable', retryable: true })
  expect(error?.message).toContain('ECONNREFUSED')
})

test('a key that fits into no header is a wrong setting, and stays a secret', async () => {
  const { fetch, bodies } = replayFetch('')
  const { error } = await ask(createOpenAIProvider({ apiKey: 'hunter2\nhunter3', fetch }).model('x'))
  expect(error).toMatchObject({ kind: 'rejected_request', retryable: false })
  expect(inspect(error)).not.toContain('hunter')
  expect(bodies).toEqual([])
})
