import { expect, test } from 'vitest'
import { beginConversation, createTestWorld, readAll } from '../testing/index.ts'
import { followExecution } from './follow-execution.ts'

test('a person follows so many executions and no more, until one is let go', async () => {
  await using world = await createTestWorld({ caps: { streams: 20 } })
  const { deps } = world
  const [person, other] = [await world.newActor(), await world.newActor()]
  const { execution } = await beginConversation(deps, person)
  const others = Array.from({ length: world.deps.caps.streams - 1 }, () =>
    deps.events.subscribe(execution.id, person.userId),
  )
  const gone = new AbortController()
  const last = await followExecution(deps, person, execution.id, 0, gone.signal)
  const first = last.next()
  await expect(readAll(deps, person, execution.id)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })

  const theirs = await beginConversation(deps, other)
  await followExecution(deps, other, theirs.execution.id, 0, gone.signal)

  gone.abort()
  await first
  await followExecution(deps, person, execution.id, 0, gone.signal)
  for (const each of others) each.close()
  expect(deps.events.subscriptionsOf(person.userId)).toBe(0)
})
