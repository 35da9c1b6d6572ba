import { TRPCClientError } from '@trpc/client'
import { describe, expect, test } from 'vitest'
import { ClientError, fromBody, toClientError } from './client-error.ts'

const headers = new Headers()

describe('a refused request', () => {
  test('is what the server said it is', () => {
    const error = { code: 'CONFLICT', message: 'Taken.', requestId: 'r-1', details: { issues: [] } }
    expect(fromBody({ error }, { status: 409, headers })).toMatchObject({ ...error, status: 409 })
  })
  test.for([
    [401, 'UNAUTHORIZED'],
    [403, 'FORBIDDEN'],
    [404, 'NOT_FOUND'],
    [408, 'TIMEOUT'],
    [413, 'PAYLOAD_TOO_LARGE'],
    [418, 'VALIDATION_FAILED'],
    [429, 'RATE_LIMITED'],
    [500, 'INTERNAL'],
    [502, 'UNAVAILABLE'],
    [503, 'UNAVAILABLE'],
    [504, 'TIMEOUT'],
    [200, 'INTERNAL'],
  ] as const)('by something on the way is known by its status %i', ([status, code]) => {
    expect(fromBody('<html>', { status, headers })).toMatchObject({ code, status, requestId: undefined })
  })
  test('says when to come back', () => {
    const error = fromBody(undefined, { status: 503, headers: new Headers({ 'retry-after': '12' }) })
    expect(error.details).toEqual({ retryAfterSeconds: 12 })
  })
  test('says it as a date, too, by the clock of who wrote it', () => {
    const date = 'Wed, 21 Oct 2015 07:28:00 GMT'
    const details = (retryAfter: string) =>
      fromBody(undefined, { status: 503, headers: new Headers({ date, 'retry-after': retryAfter }) }).details
    expect(details('Wed, 21 Oct 2015 07:28:30 GMT')).toEqual({ retryAfterSeconds: 30 })
    expect(details('Wed, 21 Oct 2015 07:27:00 GMT')).toEqual({ retryAfterSeconds: 0 })
    expect(details('soon')).toBeUndefined()
  })
  test('says it in the header alone, or in words of the server, which are more exact', () => {
    const error = { code: 'RATE_LIMITED', message: 'Too fast.', requestId: 'r-1' }
    const response = { status: 429, headers: new Headers({ 'retry-after': '2' }) }
    expect(fromBody({ error }, response).details).toEqual({ retryAfterSeconds: 2 })
    const exact = { ...error, details: { retryAfterSeconds: 1.2 } }
    expect(fromBody({ error: exact }, response).details).toEqual({ retryAfterSeconds: 1.2 })
  })
})

describe('toClientError', () => {
  test('leaves a ClientError as it is, also inside of what tRPC throws', () => {
    const error = new ClientError({ code: 'NETWORK', message: 'gone' })
    expect(toClientError(error)).toBe(error)
    expect(toClientError(TRPCClientError.from(error))).toBe(error)
  })
  test('finds the envelope in a refusal that came before tRPC', () => {
    const response = { status: 413, headers }
    const responseJSON = { error: { code: 'PAYLOAD_TOO_LARGE', message: 'Too large.', requestId: 'r-2' } }
    const thrown = TRPCClientError.from(new Error('Unable to transform'), { meta: { response, responseJSON } })
    expect(toClientError(thrown)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', status: 413, requestId: 'r-2' })
  })
  test('keeps anything else as the cause', () => {
    const cause = new RangeError('odd')
    expect(toClientError(cause)).toMatchObject({ code: 'INTERNAL', message: 'odd', cause })
    expect(toClientError('text')).toMatchObject({ code: 'INTERNAL', cause: 'text' })
  })
})
