import { errorCodes } from '@kickstartmyai/contract'
import { DomainError } from '@kickstartmyai/domain'
import { TRPCError } from '@trpc/server'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { toRefusal } from './format-error.ts'

const explain = (error: unknown) => toRefusal(error, 'r-1')

test.for(errorCodes)('a rule that refuses with %s is told in its own words', (code) => {
  const refusal = explain(new DomainError(code, 'Because.', { retryAfterSeconds: 3 }))
  expect(refusal.error).toEqual({ code, message: 'Because.', requestId: 'r-1', details: { retryAfterSeconds: 3 } })
  expect(refusal.status).toBeGreaterThanOrEqual(400)
})

test('a rule inside of what tRPC throws is found', () => {
  const cause = new DomainError('CONFLICT', 'Taken.')
  expect(explain(new TRPCError({ code: 'CONFLICT', cause }))).toMatchObject({
    status: 409,
    error: { code: 'CONFLICT' },
  })
})

test('an input that is not valid names its fields, the first of them in the message', () => {
  const { error: cause } = z
    .strictObject({ a: z.object({ b: z.array(z.string()) }), c: z.number() })
    .safeParse({ a: { b: [1] } })
  const { status, error } = explain(new TRPCError({ code: 'BAD_REQUEST', cause }))
  expect(status).toBe(400)
  expect(error.message).toMatch(/^The input is not valid: a\.b\.0: /)
  expect(error.details?.issues?.map(({ path }) => path)).toEqual(['a.b.0', 'c'])
})

test('a thousand faults are told in part', () => {
  const { error: cause } = z.array(z.string()).safeParse(Array.from({ length: 1000 }, () => 1))
  expect(explain(new TRPCError({ code: 'BAD_REQUEST', cause })).error.details?.issues).toHaveLength(50)
})

test.for([
  ['an exception', new Error('password=hunter2 at /srv/app.ts')],
  ['what is no error', 'password=hunter2'],
  ['nothing', undefined],
  [
    'an exception inside of what tRPC throws',
    new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: new Error('password=hunter2') }),
  ],
  ['an output that does not fit', new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: 'password=hunter2' })],
  ['a parse failure', new TRPCError({ code: 'PARSE_ERROR', message: 'password=hunter2' })],
] as const)('of %s the caller learns nothing', ([, error]) => {
  const refusal = explain(error)
  expect(JSON.stringify(refusal)).not.toContain('hunter2')
  expect(refusal.error.requestId).toBe('r-1')
})
