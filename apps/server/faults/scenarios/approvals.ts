import { setTimeout as sleep } from 'node:timers/promises'
import type { StepId } from '@kickstartmyai/contract'
import { ClientError } from '@kickstartmyai/client'
import { providers } from '../person.ts'
import type { Scenario } from '../scenario.ts'
import { anEffect, aPerson, expectThat, follow, followPlainly, insist, say, statusesOf } from '../trial.ts'

export const approvals: Scenario = {
  name: 'approvals',
  survives:
    'a question to a person, when its server is killed: it is answered on another one, once, also by several at once',
  trials: { quick: 3, full: 40 },
  parallel: 3,
  world: 'own',
  async run(trial) {
    const { world, random } = trial
    const [victim, other] = world.servers
    const person = await aPerson(trial, victim!.url)
    const tools = [
      { name: 'effect', policy: 'ask' as const },
      { name: 'calculator', policy: 'allow' as const },
    ]
    const { id: agentId } = await person
      .at(victim!.url)
      .agents.create({ name: 'guarded', provider: random.pick(providers), tools })
    const effect = anEffect(trial)
    const content = `${effect.directive} [[tool calculator {"expression":"6*7"}]] [[tokens ${random.int(5, 50)}]]`
    const { executionId } = await say(trial, person, person.at(victim!.url), content, { agentId })
    const plainly = followPlainly(trial, person, () => other!.url, executionId)
    const asked = await follow(trial, person.at(other!.url), executionId, {
      until: ({ type }) => type === 'approval.requested',
    })
    const question = asked.at(-1)!
    // It runs still, or waits already.
    await sleep(random.int(0, 400))
    await victim!.stop('SIGKILL')
    const third = await world.start()
    const at = (url: string, decision: 'approve' | 'deny') =>
      insist(() =>
        person.at(url).executions.approve({
          executionId,
          stepId: (question.type === 'approval.requested' ? question.stepId : '') as StepId,
          decision,
        }),
      )
    const isRace = random.next() < 0.5
    const decisions = isRace ? (['approve', 'deny'] as const) : [random.pick(['approve', 'deny'] as const)]
    const outcomes = await Promise.allSettled(
      [other!.url, third.url, other!.url, third.url].map((url, index) => at(url, decisions[index % decisions.length]!)),
    )
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
    const inWords = refusals.every((error) => error instanceof ClientError && error.code === 'CONFLICT')
    expectThat(trial, `who comes too late is told so: ${refusals.join()}`, inWords)
    expectThat(trial, `${refusals.length} come too late`, refusals.length === (isRace ? 2 : 0))
    const events = await follow(trial, person.at(third.url), executionId, { after: question.seq })
    await plainly
    const decided = events.flatMap((event) => (event.type === 'approval.decided' ? [event.decision] : []))
    expectThat(trial, `one decision is told: ${decided.join()}`, decided.length === 1)
    const times = world.effects.times(effect.key)
    expectThat(trial, `what was ${decided[0]}d happened ${times} times`, times === (decided[0] === 'approve' ? 1 : 0))
    expectThat(trial, 'the answer completes', (await statusesOf(trial, [executionId]))[0] === 'completed')
  },
}
