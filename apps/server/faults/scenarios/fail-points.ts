import { type Boundary, failPoints } from '@kickstartmyai/domain'
import type { ServerProcess } from '../../test/server-process.ts'
import { type Person, providers } from '../person.ts'
import type { Scenario } from '../scenario.ts'
import type { TcpProxy } from '../tcp-proxy.ts'
import { anEffect, aPerson, expectThat, follow, followPlainly, insist, say, statusesOf, type Trial } from '../trial.ts'
import { until } from '../until.ts'

/** Where a client finds whichever server lives now. */
interface Stage {
  trial: Trial
  person: Person
  url: string
}

/** What makes a server pass the writes of each name. Gives the executions that are to end completed. */
const workloads: Record<Boundary, (stage: Stage) => Promise<string[]>> = {
  send: plain,
  flush: plain,
  end: plain,
  claim: queuedBehind,
  cancel: stoppedWhileQueued,
  step_finished: withEffect,
  tool_called: withEffect,
  tool_finished: withEffect,
  tool_given_up: withEffect,
  approval_requested: allowed,
  approval_decided: allowed,
  waiting: allowed,
  release: plain,
}

/** Where the first time would come before the workload. */
const times: Partial<Record<string, number>> = { 'claim.before': 6, 'flush.before': 3, 'flush.after': 3 }

export const everyFailPoint: Scenario = {
  name: 'fail-points',
  survives: 'kill -9 right before and right after every commit of the engine; a point that is not reached fails',
  // Half of them, from a random one on: kill-everywhere.test.ts goes through all, in one process.
  trials: { quick: Math.ceil(failPoints.length / 2), full: failPoints.length * 4 },
  parallel: 6,
  world: 'own',
  servers: { replicas: 0 },
  async run(trial) {
    const point = failPoints[trial.seed % failPoints.length]!
    const boundary = point.split('.')[0] as Boundary
    const { world } = trial
    const mortal = { FAIL_POINT: `${point}#${times[point] ?? 1}=kill` }
    // An execution whose tool was left running is only found by a second process.
    let server = await world.start(boundary === 'tool_given_up' ? { FAIL_POINT: 'tool_finished.before=kill' } : mortal)
    const proxy = await world.proxy(server.url)
    const stage = { trial, person: await aPerson(trial, server.url), url: `http://127.0.0.1:${proxy.port}` }
    const completed = workloads[boundary](stage)
    completed.catch(() => {})
    if (boundary === 'tool_given_up') {
      await dies(server, 'tool_finished.before')
      server = await next(trial, proxy, mortal)
    }
    if (boundary === 'release') {
      await until('something runs', () => world.models.openRequests > 0)
      void server.stop('SIGTERM')
    }
    await dies(server, point)
    await next(trial, proxy, {})
    const statuses = await statusesOf(trial, await completed)
    expectThat(
      trial,
      `after ${point} all complete: ${statuses.join()}`,
      statuses.every((status) => status === 'completed'),
    )
  },
}

async function dies(server: ServerProcess, point: string): Promise<void> {
  let ended: unknown
  void server.ended.then((how) => (ended = how))
  await until(`a server dies at ${point}`, () => ended === 'SIGKILL')
}

async function next({ world }: Trial, proxy: TcpProxy, variables: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const server = await world.start(variables)
  proxy.target = Number(new URL(server.url).port)
  return server
}

const begin = ({ trial, person, url }: Stage, agentId?: string) =>
  insist(() => person.at(url).conversations.create({ agentId: agentId ?? person.agents[trial.random.pick(providers)] }))

async function bothFollow({ trial, person, url }: Stage, executionId: string): Promise<void> {
  await Promise.all([follow(trial, person.at(url), executionId), followPlainly(trial, person, () => url, executionId)])
}

async function plain(stage: Stage): Promise<string[]> {
  const { id: conversationId } = await begin(stage)
  const { trial, person, url } = stage
  const sent = await say(trial, person, person.at(url), '[[tokens 100]] [[pace 25]]', { conversationId })
  await bothFollow(stage, sent.executionId)
  return [sent.executionId]
}

async function withEffect(stage: Stage): Promise<string[]> {
  const { id: conversationId } = await begin(stage)
  const { trial, person, url } = stage
  const content = `${anEffect(trial).directive} [[tokens 30]] [[pace 5]]`
  const sent = await say(trial, person, person.at(url), content, { conversationId })
  await bothFollow(stage, sent.executionId)
  return [sent.executionId]
}

async function queuedBehind(stage: Stage): Promise<string[]> {
  const { id: conversationId } = await begin(stage)
  const { trial, person, url } = stage
  const first = await say(trial, person, person.at(url), '[[tokens 60]] [[pace 20]]', { conversationId })
  const second = await say(trial, person, person.at(url), '[[tokens 60]] [[pace 20]]', { conversationId })
  await Promise.all([bothFollow(stage, first.executionId), bothFollow(stage, second.executionId)])
  return [first.executionId, second.executionId]
}

async function stoppedWhileQueued(stage: Stage): Promise<string[]> {
  const { id: conversationId } = await begin(stage)
  const { trial, person, url } = stage
  const first = await say(trial, person, person.at(url), '[[tokens 60]] [[pace 20]]', { conversationId })
  const second = await say(trial, person, person.at(url), '[[tokens 5]]', { conversationId })
  await insist(() => person.at(url).executions.cancel({ executionId: second.executionId }))
  await Promise.all([bothFollow(stage, first.executionId), bothFollow(stage, second.executionId)])
  expectThat(trial, 'the queued one is cancelled', (await statusesOf(trial, [second.executionId]))[0] === 'cancelled')
  return [first.executionId]
}

async function allowed(stage: Stage): Promise<string[]> {
  const { trial, person, url } = stage
  const tools = [{ name: 'effect', policy: 'ask' as const }]
  const provider = trial.random.pick(providers)
  const agent = await insist(() => person.at(url).agents.create({ name: 'guarded', provider, tools }))
  const { id: conversationId } = await begin(stage, agent.id)
  const effect = anEffect(trial)
  const sent = await say(trial, person, person.at(url), `${effect.directive} [[tokens 10]]`, { conversationId })
  const { executionId } = sent
  const followed = bothFollow(stage, executionId)
  const status = async () => (await insist(() => person.at(url).executions.get({ executionId }))).status
  await until('it waits for the person', async () => (await status()) === 'waiting')
  const { items } = await insist(() => person.at(url).executions.steps({ executionId }))
  const stepId = items.find(({ state }) => state === 'awaiting')!.id
  await insist(() => person.at(url).executions.approve({ executionId, stepId, decision: 'approve' }))
  await followed
  expectThat(trial, 'what was allowed has happened', trial.world.effects.times(effect.key) === 1)
  return [executionId]
}
