import { setTimeout as sleep } from 'node:timers/promises'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, followPlainly, say, statusesOf } from '../trial.ts'
import { until } from '../until.ts'

export const cancelQueued: Scenario = {
  name: 'cancel-queued',
  survives: 'Stop of what waits its turn, from any replica: it ends at once, and those before and behind it complete',
  trials: { quick: 6, full: 40 },
  parallel: 3,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const url = () => random.pick(world.servers).url
    const person = await aPerson(trial, url())
    const first = await say(trial, person, person.at(url()), '[[tokens 80]] [[pace 10]]')
    const { conversationId } = first
    const second = await say(trial, person, person.at(url()), '[[tokens 500]]', { conversationId })
    const third = await say(trial, person, person.at(url()), '[[tokens 5]]', { conversationId })
    const followed = [first, second, third].map(({ executionId }) => followPlainly(trial, person, url, executionId))
    await sleep(random.int(0, 300))
    await person.at(url()).executions.cancel({ executionId: second.executionId })
    const events = await follow(trial, person.at(url()), second.executionId)
    expectThat(trial, 'it says that it is cancelled', events.at(-1)?.type === 'execution.cancelled')
    await Promise.all(followed)
    const statuses = await statusesOf(
      trial,
      [first, second, third].map(({ executionId }) => executionId),
    )
    expectThat(trial, `only it is cancelled: ${statuses.join()}`, statuses.join() === 'completed,cancelled,completed')
  },
}

export const cancelFamily: Scenario = {
  name: 'cancel-family',
  survives: 'Stop of a run that has set off others, on any replica: all of them end, and nobody else does',
  trials: { quick: 4, full: 40 },
  parallel: 1,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const url = () => random.pick(world.servers).url
    const person = await aPerson(trial, url())
    const long = '[[tokens 1000]] [[pace 20]]'
    const parent = await say(trial, person, person.at(url()), long)
    const child = await say(trial, person, person.at(url()), random.pick([long, '[[stall before]]']))
    const queued = await say(trial, person, person.at(url()), long, { conversationId: child.conversationId })
    const stranger = await say(trial, person, person.at(url()), '[[tokens 60]] [[pace 20]]')
    const setOff = `update executions set parent_execution_id = $1 where id = $2`
    await world.sql(setOff, [parent.executionId, child.executionId])
    await world.sql(setOff, [child.executionId, queued.executionId])
    const family = [parent, child, queued].map(({ executionId }) => executionId)
    const followed = [...family, stranger.executionId].flatMap((id) => [
      follow(trial, person.at(url()), id),
      followPlainly(trial, person, url, id),
    ])
    await sleep(random.int(0, 600))
    await person.at(url()).executions.cancel({ executionId: parent.executionId })
    await Promise.all(followed)
    const statuses = await statusesOf(trial, family)
    expectThat(
      trial,
      `the family is cancelled: ${statuses.join()}`,
      statuses.every((status) => status === 'cancelled'),
    )
    expectThat(trial, 'a stranger completes', (await statusesOf(trial, [stranger.executionId]))[0] === 'completed')
    await until('every upstream is closed', () => world.models.openRequests === 0)
  },
}
