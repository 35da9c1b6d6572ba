// Talks to an agent from the command line:
//   node chat.ts http://localhost:3000 "What is 17*23?" [email] [password]
import { parseArgs } from 'node:util'
import { ClientError, createClient, memorySession } from '@kickstartmyai/client'

const { positionals } = parseArgs({ allowPositionals: true })
const [url = 'http://localhost:3000', question = 'What is 17*23?', givenEmail, password = 'a long password'] =
  positionals
const email = givenEmail ?? `guest-${crypto.randomUUID()}@example.com`

const api = createClient({ url, session: memorySession() })

await api.auth.register({ email, password }).catch((error: unknown) => {
  const isKnown = error instanceof ClientError && error.code === 'EMAIL_TAKEN'
  if (!isKnown) throw error
  return api.auth.login({ email, password })
})

const agent = await api.agents.create({ name: 'Calculating assistant', tools: ['calculator'] })
const conversation = await api.conversations.create({ agentId: agent.id })
const { execution } = await api.conversations.send({ conversationId: conversation.id, content: question })

// Reads on by itself when the connection is cut; every event comes once.
for await (const event of api.executions.follow(execution.id)) {
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest is not printed
  switch (event.type) {
    case 'text.delta':
      process.stdout.write(event.text)
      break
    case 'tool.called':
      process.stdout.write(`\n[${event.name} ${JSON.stringify(event.input)}]\n`)
      break
    case 'tool.completed':
      process.stdout.write(`[${event.name} → ${JSON.stringify(event.output)}]\n`)
      break
    case 'execution.completed':
      process.stdout.write(`\n[${event.usage.inputTokens} tokens in, ${event.usage.outputTokens} out]\n`)
      break
    case 'execution.failed':
      process.stderr.write(`\n${event.error.code}: ${event.error.message}\n`)
      process.exitCode = 1
      break
  }
}
