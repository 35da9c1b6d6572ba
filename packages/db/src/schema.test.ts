import { expect, test } from 'vitest'
import { dumpSchema } from './testing/dump-schema.ts'
import { createTestDatabase } from './testing/test-database.ts'

test('the migrations lead to the committed schema', async () => {
  await using database = await createTestDatabase()
  await expect(await dumpSchema(database.db)).toMatchFileSnapshot('./schema.txt')
})
