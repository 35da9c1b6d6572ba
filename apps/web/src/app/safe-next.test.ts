import { expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

test('goes back to a path of this app, with its query', () => {
  expect(safeNext('/agents?status=active')).toBe('/agents?status=active')
})

test.each([undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  'goes nowhere else: %j',
  (next) => {
    expect(safeNext(next)).toBe('/chat')
  },
)
