import { expect, test } from 'vitest'
import { t } from './t.ts'

test('fills the slots', () => {
  expect(t('chat.placeholder', { agent: 'Ada' })).toBe('Message Ada')
})

test('chooses the plural by its count', () => {
  expect(t('agents.tools', { count: 1 })).toBe('1 tool')
  expect(t('agents.tools', { count: 2 })).toBe('2 tools')
})
