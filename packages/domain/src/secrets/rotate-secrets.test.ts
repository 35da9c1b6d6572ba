import { randomBytes } from 'node:crypto'
import type { UserId } from '@kickstartmyai/contract'
import { inTransaction, listSecrets } from '@kickstartmyai/db'
import { expect, test, vi } from 'vitest'
import { silentLogger } from '../logger.ts'
import { createTestWorld, type TestWorld } from '../testing/test-world.ts'
import { checkSecretKeys } from './check-secret-keys.ts'
import { openSecret } from './open-secret.ts'
import { putSecret } from './put-secret.ts'
import { rotateSecrets } from './rotate-secrets.ts'
import { createSecretBox, type SecretBox } from './secret-box.ts'
import { createSecretKeys, type SecretKey } from './secret-keys.ts'

const a: SecretKey = { id: 'a', bytes: new Uint8Array(randomBytes(32)) }
const b: SecretKey = { id: 'b', bytes: new Uint8Array(randomBytes(32)) }
const boxOf = (...keys: SecretKey[]) => createSecretBox(createSecretKeys(keys, new Uint8Array(32)))

async function entrust({ deps }: TestWorld, secrets: SecretBox, ownerId: UserId): Promise<void> {
  const secret = { ownerId, kind: 'provider_key', name: 'openai', plain: `the key of ${ownerId}` } as const
  await inTransaction(deps.db, (tx) => putSecret({ ...deps, secrets }, tx, secret))
}

async function people(world: TestWorld, count: number): Promise<UserId[]> {
  const ids: UserId[] = []
  for (let person = 0; person < count; person++) ids.push((await world.newActor()).userId)
  return ids
}

const readable = async ({ deps }: TestWorld, secrets: SecretBox, ownerId: UserId) =>
  (await listSecrets(deps.db, ownerId, 'provider_key')).map((row) => [row.key_id, openSecret({ secrets }, row)])

test('everything is sealed with the first key, also when the rotation was broken off in between', async () => {
  await using world = await createTestWorld()
  const owners = await people(world, 5)
  for (const owner of owners) await entrust(world, boxOf(a), owner)
  const { seal, ...rest } = boxOf(b, a)
  let left = 3
  const dying: SecretBox = {
    ...rest,
    seal(...args) {
      if (left-- === 0) throw new Error('killed')
      return seal(...args)
    },
  }
  const rotate = (secrets: SecretBox) => rotateSecrets({ ...world.deps, secrets }, { atATime: 2 })
  await expect(rotate(dying)).rejects.toThrow('killed')
  // The batch that was under way is undone, those before it stay; both kinds can be read meanwhile.
  const half = await Promise.all(owners.map((owner) => readable(world, boxOf(b, a), owner)))
  expect(half.flat().map(([key]) => key)).toEqual(['b', 'b', 'a', 'a', 'a'])

  expect(await rotate(boxOf(b, a))).toEqual({ resealed: 3, unreadable: 0 })
  for (const owner of owners) expect(await readable(world, boxOf(b), owner)).toEqual([['b', `the key of ${owner}`]])
  expect(await rotate(boxOf(b))).toEqual({ resealed: 0, unreadable: 0 })
})

test('what cannot be opened stays as it is and is counted; the start tells of it and goes on', async () => {
  await using world = await createTestWorld()
  const [first, second] = (await people(world, 2)) as [UserId, UserId]
  await entrust(world, boxOf(a), first)
  await entrust(world, boxOf(b), second)
  const c: SecretKey = { id: 'c', bytes: new Uint8Array(randomBytes(32)) }
  const log = { ...silentLogger, error: vi.fn<(fields: object, message: string) => void>() }
  const deps = { ...world.deps, log, secrets: boxOf(c, b) }
  await checkSecretKeys(deps)
  expect(log.error.mock.calls).toEqual([[{ keyId: 'a', count: 1 }, expect.stringContaining('SECRETS_KEYS')]])
  expect(await rotateSecrets(deps)).toEqual({ resealed: 1, unreadable: 1 })
  expect(await readable(world, boxOf(a), first)).toEqual([['a', `the key of ${first}`]])
  expect(await readable(world, boxOf(c), second)).toEqual([['c', `the key of ${second}`]])
})
