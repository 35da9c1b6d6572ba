import { ClientError } from '@kickstartmyai/client'
import type { Scenario } from '../scenario.ts'
import { aPerson, expectThat, follow, keepSend, newTag, say } from '../trial.ts'

export const duplicateSends: Scenario = {
  name: 'duplicate-sends',
  survives: 'the same send many times at once on two replicas is one; the same key with another text is refused',
  trials: { quick: 12, full: 80 },
  parallel: 4,
  world: 'shared',
  async run(trial) {
    const { world, random, ledger } = trial
    const urls = world.servers.map(({ url }) => url)
    const person = await aPerson(trial, urls[0]!)
    const { id: conversationId } = await person.at(urls[0]!).conversations.create({ agentId: person.agents.openai })
    const clientKey = crypto.randomUUID()
    const send = (url: string, content: string) =>
      person.at(url).conversations.send({ conversationId, content, clientKey })
    const tag = newTag(trial)
    const content = `${tag} [[tokens 10]]`
    const copies = Array.from({ length: random.int(2, 12) }, () => send(random.pick(urls), content))
    const answers = await Promise.all(copies)
    const [first] = answers
    const ids = { conversationId, messageId: first!.message.id, executionId: first!.execution.id }
    keepSend(trial, { ...ids, tag })
    const isSame = answers.every(
      ({ message, execution }) => message.id === ids.messageId && execution.id === ids.executionId,
    )
    expectThat(trial, 'all copies get the same ids', isSame)
    const refusal = await send(random.pick(urls), `${content} and more`).catch((error: unknown) => error)
    const isRefused =
      refusal instanceof ClientError && refusal.code === 'IDEMPOTENCY_MISMATCH' && refusal.status === 409
    expectThat(trial, 'the same key with another text is a conflict', isRefused)

    // Two texts race for one key: one of them wins.
    const raceKey = crypto.randomUUID()
    const race = await Promise.allSettled(
      urls.map((url, index) =>
        say(trial, person, person.at(url), `[[tokens ${index + 1}]]`, { conversationId, clientKey: raceKey }),
      ),
    )
    expectThat(trial, 'one of two texts wins the key', race.filter(({ status }) => status === 'fulfilled').length === 1)
    await Promise.all(ledger.sends.map(({ executionId }) => follow(trial, person.at(random.pick(urls)), executionId)))
  },
}
