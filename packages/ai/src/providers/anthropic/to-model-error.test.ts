import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { ask } from '../../testing/ask.ts'
import { replayFetch } from '../../testing/replay-fetch.ts'
import { createAnthropicProvider } from './create-provider.ts'

const apiKey = 'sk-ant-api03-abcdefghijklmnopqrstuvwxyz'

async function failWith(status: number, error: object | string, headers: Record<string, string> = {}) {
  const body = typeof error === 'string' ? error : JSON.stringify({ type: 'error', error, request_id: 'req_1' })
  const { fetch, bodies } = replayFetch(body, { status, headers })
  const answer = await ask(createAnthropicProvider({ apiKey, fetch }).model('claude-sonnet-5-5'))
  // The SDK must not have tried again by itself.
  expect(bodies).toHaveLength(1)
  expect(answer.chunks).toEqual([])
  return answer.error
}

const told = (type: string, message = 'x', details: object | null = null) => ({ type, message, details })

test.each([
  [401, told('authentication_error'), 'auth_failed', false],
  [403, told('permission_error'), 'auth_failed', false],
  [402, told('billing_error'), 'quota_exceeded', false],
  [400, told('invalid_request_error', 'messages: at least one is needed'), 'rejected_request', false],
  [400, told('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'), 'context_overflow', false],
  [
    400,
    told('invalid_request_error', 'input length and `max_tokens` exceed context limit: 5'),
    'context_overflow',
    false,
  ],
  [400, told('invalid_request_error', 'Your credit balance is too low'), 'quota_exceeded', false],
  [413, told('request_too_large'), 'context_overflow', false],
  [404, told('not_found_error', 'model: x'), 'rejected_request', false],
  [429, told('rate_limit_error'), 'rate_limited', true],
  [429, told('rate_limit_error', 'x', { error_code: 'enforced_spend_limit_reached' }), 'quota_exceeded', false],
  [500, told('api_error'), 'unavailable', true],
  [504, told('timeout_error'), 'unavailable', true],
  [529, told('overloaded_error'), 'overloaded', true],
  [502, '<html>Bad gateway</html>', 'unavailable', true],
  [503, '', 'overloaded', true],
] as const)('%i %o is %s', async (status, body, kind, retryable) => {
  expect(await failWith(status, body)).toMatchObject({ kind, retryable, status })
})

test('the wait that is asked for is told', async () => {
  expect((await failWith(429, told('rate_limit_error'), { 'retry-after': '7' }))?.retryAfterMs).toBe(7000)
})

test('a model that is not there is named', async () => {
  expect((await failWith(404, told('not_found_error')))?.message).toContain('claude-sonnet-5-5')
})

test('what was wrong with a request is told, but never a key', async () => {
  const error = await failWith(400, told('invalid_request_error', `max_tokens: too large, x-api-key: ${apiKey}`))
  expect(error?.message).toContain('max_tokens: too large')
  expect(error?.message).not.toContain('abcdefgh')
  expect(error?.cause).toBeUndefined()
})

test('a key of no known form is not told either', async () => {
  const key = 'hunter2'
  const { fetch } = replayFetch('{"error":{"type":"invalid_request_error","message":"x: hunter2"}}', { status: 400 })
  const { error } = await ask(createAnthropicProvider({ apiKey: key, fetch }).model('x'))
  expect(error?.kind).toBe('rejected_request')
  expect(error?.message).not.toContain(key)
})

test('a server that is not there may be there later', async () => {
  // Port 1 is never served; the connection is refused at once.
  const { error } = await ask(createAnthropicProvider({ apiKey, baseURL: 'http://127.0.0.1:1' }).model('x'))
  expect(error).toMatchObject({ kind: 'unavailable', retryable: true })
  expect(error?.message).toContain('ECONNREFUSED')
})

test('a key that fits into no header is a wrong setting, and stays a secret', async () => {
  const { fetch, bodies } = replayFetch('')
  const { error } = await ask(createAnthropicProvider({ apiKey: 'hunter2\nhunter3', fetch }).model('x'))
  expect(error).toMatchObject({ kind: 'rejected_request', retryable: false })
  expect(inspect(error)).not.toContain('hunter')
  expect(bodies).toEqual([])
})
