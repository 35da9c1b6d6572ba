import { expect, test } from 'vitest'
import { createTestWorld } from '../testing/test-world.ts'
import { addMember } from './add-member.ts'
import { createGroup } from './create-group.ts'
import { deleteGroup } from './delete-group.ts'
import { listGroups } from './list-groups.ts'
import { listMembers } from './list-members.ts'
import { removeMember } from './remove-member.ts'
import { updateGroup } from './update-group.ts'

test('an administrator makes groups and says who is in them; others see only that they are', async () => {
  await using world = await createTestWorld()
  const { deps } = world
  const [person, other] = [await world.newActor(), await world.newActor()]
  const admin = { ...(await world.newActor()), role: 'admin' as const }
  const page = { limit: 10 }
  const group = await createGroup(deps, admin, { name: 'Research' })
  await expect(createGroup(deps, admin, { name: 'Research' })).rejects.toMatchObject({ code: 'CONFLICT' })
  const ref = { groupId: group.id, userId: person.userId }
  await addMember(deps, admin, ref)
  await addMember(deps, admin, ref)
  expect((await updateGroup(deps, admin, { groupId: group.id, name: 'Study' })).memberCount).toBe(1)
  expect((await listGroups(deps, person, page)).items).toMatchObject([{ name: 'Study', memberCount: 1 }])
  expect((await listGroups(deps, other, page)).items).toEqual([])
  expect((await listGroups(deps, admin, page)).items).toHaveLength(1)
  expect((await listMembers(deps, admin, { groupId: group.id, ...page })).items).toMatchObject([
    { userId: person.userId },
  ])
  await removeMember(deps, admin, ref)
  await expect(removeMember(deps, admin, ref)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await deleteGroup(deps, admin, group.id)
  await expect(addMember(deps, admin, ref)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const logged = await deps.db
    .selectFrom('audit_entries')
    .select('action')
    .where('actor_id', '=', admin.userId)
    .orderBy('id')
    .execute()
  expect(logged.map(({ action }) => action).filter((action) => action.startsWith('group'))).toEqual([
    'group.created',
    'group.member_added',
    'group.updated',
    'group.member_removed',
    'group.deleted',
  ])
})

test('nobody else makes or sees groups, an administrator’s API key not either', async () => {
  await using world = await createTestWorld()
  const person = await world.newActor()
  const apiKey = { id: world.deps.newId() as never, scopes: ['*' as const] }
  for (const actor of [person, { ...person, role: 'admin' as const, sessionId: null, apiKey }]) {
    await expect(createGroup(world.deps, actor, { name: 'Mine' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await listGroups(world.deps, actor, { limit: 10 })).items).toEqual([])
  }
})
