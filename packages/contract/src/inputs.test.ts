import { expect, test } from 'vitest'
import { CreateAgentInput, UpdateAgentInput } from './agent.ts'
import { RegisterInput } from './auth.ts'
import { limits } from './limits.ts'
import { SendMessageInput } from './message.ts'
import { PageQuery } from './page.ts'

const id = '01a206ce-e0ec-7000-a1d2-89a4eee2c8f5'

test('an agent needs no more than a name', () => {
  expect(CreateAgentInput.parse({ name: ' Ada ' })).toEqual({
    name: 'Ada',
    description: '',
    systemPrompt: '',
    provider: null,
    model: null,
    temperature: null,
    maxTokens: null,
    maxIterations: 10,
    tools: [],
    whenBusy: 'queue',
    status: 'active',
  })
})

test('a change of an agent leaves out what it does not name', () => {
  expect(UpdateAgentInput.parse({ agentId: id, name: 'B' })).toEqual({ agentId: id, name: 'B' })
})

test('a tool may be granted by its bare name', () => {
  const { tools } = CreateAgentInput.parse({ name: 'A', tools: ['time', { name: 'calculator', policy: 'off' }] })
  expect(tools).toEqual([
    { name: 'time', policy: 'allow' },
    { name: 'calculator', policy: 'off' },
  ])
})

test.for([
  ['an owner of one’s choice', CreateAgentInput, { name: 'A', ownerId: id }],
  ['a role of one’s choice', RegisterInput, { email: 'a@b.cd', password: 'long enough', role: 'admin' }],
  ['an id of one’s choice', SendMessageInput, { conversationId: id, content: 'x', id }],
  ['too hot an agent', CreateAgentInput, { name: 'A', temperature: 2.1 }],
  ['a tool with a strange name', CreateAgentInput, { name: 'A', tools: ['rm -rf'] }],
  ['a short password', RegisterInput, { email: 'a@b.cd', password: '1234567' }],
  ['an address that is none', RegisterInput, { email: 'a@b', password: 'long enough' }],
  ['an empty message', SendMessageInput, { conversationId: id, content: '' }],
  ['a part that is no text', SendMessageInput, { conversationId: id, content: [{ type: 'tool_result', text: 'x' }] }],
  ['a page too large', PageQuery, { limit: limits.pageSize + 1 }],
  ['half a page', PageQuery, { limit: 0.5 }],
] as const)('%s is refused', ([, schema, input]) => {
  expect(schema.safeParse(input).success).toBe(false)
})

test('many parts together are not longer than one message may be', () => {
  const half = { type: 'text', text: 'x'.repeat(limits.messageLength / 2 + 1) }
  expect(SendMessageInput.safeParse({ conversationId: id, content: [half] }).success).toBe(true)
  expect(SendMessageInput.safeParse({ conversationId: id, content: [half, half] }).success).toBe(false)
})

test('a message of plain text is one part', () => {
  expect(SendMessageInput.parse({ conversationId: id, content: 'Hi' }).content).toEqual([{ type: 'text', text: 'Hi' }])
})

test('addresses are compared without regard to case', () => {
  expect(RegisterInput.parse({ email: ' Ada@Example.COM ', password: 'long enough' }).email).toBe('ada@example.com')
})

test('a query’s numbers may come as text', () => {
  expect(PageQuery.parse({ limit: '5' })).toEqual({ limit: 5 })
})
