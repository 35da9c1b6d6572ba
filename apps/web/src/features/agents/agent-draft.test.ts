import type { Agent } from '@kickstartmyai/contract'
import { CreateAgentInput } from '@kickstartmyai/contract'
import { describe, expect, test } from 'vitest'
import { checkDraft, emptyDraft, sameDraft, toDraft, toDraftErrors, toInput } from './agent-draft.ts'

const agent = {
  id: '0190',
  name: 'Ada',
  description: '',
  systemPrompt: 'Be brief.',
  provider: 'anthropic',
  model: 'vendor/odd-name',
  temperature: 0,
  maxTokens: null,
  maxIterations: 5,
  tools: [{ name: 'calculator', policy: 'allow' }],
  status: 'inactive',
} as unknown as Agent

test('what is stored comes back unchanged', () => {
  const { id: _, ...stored } = agent
  expect(toInput(toDraft(agent))).toEqual(stored)
})

test('the server takes what a checked draft becomes', () => {
  expect(CreateAgentInput.safeParse(toInput({ ...emptyDraft, name: ' A ' })).data).toMatchObject({
    name: 'A',
    provider: null,
  })
})

describe('a draft is refused', () => {
  test.each([
    ['name', '  '],
    ['temperature', '2.1'],
    ['temperature', 'warm'],
    ['maxTokens', '0'],
    ['maxTokens', '1.5'],
    ['maxIterations', ''],
    ['maxIterations', '101'],
  ] as const)('for %s %j', (field, text) => {
    expect(Object.keys(checkDraft({ ...emptyDraft, name: 'A', [field]: text }))).toEqual([field])
  })
})

test('empty numbers are the model’s own', () => {
  expect(checkDraft({ ...emptyDraft, name: 'A', temperature: ' ', maxTokens: '' })).toEqual({})
})

test('a tool that is off is the same as one that was never named', () => {
  expect(sameDraft(emptyDraft, { ...emptyDraft, tools: { calculator: 'off' } })).toBe(true)
  expect(sameDraft(emptyDraft, { ...emptyDraft, tools: { calculator: 'allow' } })).toBe(false)
})

test('the server’s complaints find their field', () => {
  const issues = [
    { path: 'tools.0.name', message: 'no such tool' },
    { path: 'elsewhere', message: 'unknown' },
  ]
  expect(toDraftErrors(issues)).toEqual({ tools: 'no such tool' })
})
