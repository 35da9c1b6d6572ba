import { setTimeout as sleep } from 'node:timers/promises'
import { providers } from '../person.ts'
import type { Scenario } from '../scenario.ts'
import { anEffect, aPerson, expectThat, follow, followPlainly, insist, say, statusesOf, type Trial } from '../trial.ts'
import { until } from '../until.ts'

/** Each phase of an execution: what brings it about, and how one knows that it is there. */
const phases: Record<string, (trial: Trial) => { content: string; isThere: () => Promise<unknown>; ask?: boolean }> = {
  'before the first token': ({ world }) => ({
    content: '[[stall before]]',
    isThere: () => until('the model is asked', () => world.models.openRequests > 0),
  }),
  'in mid-stream': ({ world, random }) => ({
    content: '[[tokens 500]] [[pace 20]]',
    isThere: async () => {
      await until('the model is asked', () => world.models.openRequests > 0)
      await sleep(random.int(0, 600))
    },
  }),
  'after the last token': ({ world }) => ({
    content: '[[stall after 20]]',
    isThere: async () => {
      await until('the model is asked', () => world.models.openRequests > 0)
      await sleep(300)
    },
  }),
  'a tool runs': (trial) => {
    const { key, directive } = anEffect(trial, { takesMs: 2000 })
    return { content: directive, isThere: () => trial.world.effects.begun(key) }
  },
  'a tool that is deaf runs': (trial) => {
    const { key, directive } = anEffect(trial, { takesMs: 2000, heedsStop: false })
    return { content: directive, isThere: () => trial.world.effects.begun(key) }
  },
  'it waits for a person': (trial) => ({
    content: anEffect(trial).directive,
    ask: true,
    isThere: () =>
      until('it waits', async () => {
        const { sends } = trial.ledger
        return (await statusesOf(trial, [sends.at(-1)!.executionId]))[0] === 'waiting'
      }),
  }),
}
const names = Object.keys(phases)

/** Generous: the promise is a second, on a machine that is not ten times too slow. */
const stopWithinMs = 10_000

export const cancelInEachPhase: Scenario = {
  name: 'cancel',
  survives: 'Stop in each phase, from any replica: the upstream is closed, no tool starts, what was said is kept',
  trials: { quick: names.length * 2, full: names.length * 12 },
  parallel: 1,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const phase = phases[names[trial.seed % names.length]!]!(trial)
    const url = () => random.pick(world.servers).url
    const person = await aPerson(trial, url())
    const tools = [{ name: 'effect', policy: phase.ask ? ('ask' as const) : ('allow' as const) }]
    const agent = await person.at(url()).agents.create({ name: 'any', provider: random.pick(providers), tools })
    const { executionId } = await say(trial, person, person.at(url()), phase.content, { agentId: agent.id })
    const followed = [follow(trial, person.at(url()), executionId), followPlainly(trial, person, url, executionId)]
    await phase.isThere()
    const asked = world.models.requests.length
    await person.at(url()).executions.cancel({ executionId })
    await until(
      'it is cancelled',
      async () => (await statusesOf(trial, [executionId]))[0] === 'cancelled',
      stopWithinMs,
    )
    await until('its upstream is closed', () => world.models.openRequests === 0, stopWithinMs)
    await Promise.all(followed)
    expectThat(trial, 'no model is asked after the stop', world.models.requests.length === asked)
    await person.at(url()).executions.cancel({ executionId })
  },
}

export const cancelRacesFinish: Scenario = {
  name: 'cancel-races-finish',
  survives: 'Stop at the very moment of the end, or several at once: one end, and everybody hears the same',
  trials: { quick: 30, full: 200 },
  parallel: 5,
  world: 'shared',
  async run(trial) {
    const { world, random } = trial
    const url = () => random.pick(world.servers).url
    const person = await aPerson(trial, url())
    const tokens = random.int(1, 40)
    const { executionId, conversationId } = await say(
      trial,
      person,
      person.at(url()),
      `[[tokens ${tokens}]] [[pace 5]]`,
    )
    // One that is queued behind it and cancelled while it is claimed.
    const next = await say(trial, person, person.at(url()), '[[tokens 3]]', { conversationId })
    const followed = [executionId, next.executionId].flatMap((id) => [
      follow(trial, person.at(url()), id),
      followPlainly(trial, person, url, id),
    ])
    await sleep(Math.max(0, tokens * 5 + random.int(-40, 40)))
    const stop = (id: string) => insist(() => person.at(url()).executions.cancel({ executionId: id }))
    await Promise.all([
      stop(executionId),
      stop(executionId),
      sleep(random.int(0, 30)).then(() => stop(next.executionId)),
    ])
    await Promise.all(followed)
  },
}
