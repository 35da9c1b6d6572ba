import { expect, test } from 'vitest'
import { isConnectionError, isDataError, isUniqueViolation } from './errors.ts'
import { insertUser } from './repositories/users.ts'
import { aUser } from './testing/rows.ts'
import { createTestDatabase } from './testing/test-database.ts'

test('a second row with the same value is known by the constraint it violates', async () => {
  await using database = await createTestDatabase()
  const { db } = database
  const id = await aUser(db)
  const same = { id, email: 'other@example.com', full_name: null, password_hash: 'none' }
  const error = await insertUser(db, same).catch((reason: unknown) => reason)
  expect(isUniqueViolation(error, 'users_pkey')).toBe(true)
  expect(isUniqueViolation(error, 'users_email_key')).toBe(false)
  expect(isDataError(error)).toBe(true)
  expect(isConnectionError(error)).toBe(false)
})

test.for([
  [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), true],
  [Object.assign(new Error('x'), { code: '57P01' }), true],
  [Object.assign(new Error('x'), { code: '08006' }), true],
  [new Error('Connection terminated unexpectedly'), true],
  [Object.assign(new Error('x'), { code: '42P01' }), false],
  ['a string', false],
] as const)('%s: may it succeed later? %s', ([error, expected]) => {
  expect(isConnectionError(error)).toBe(expected)
})
