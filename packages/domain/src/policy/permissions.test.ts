import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { permissions, rolePermissions, senderMay } from './permissions.ts'
import { levelsFor, scopeOf } from './scope-of.ts'

test('docs/permissions.md shows the table as it is', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/permissions.md'), 'utf8')
  const shown = [...page.matchAll(/^\| `([\w.]+)` \| (\w+) \|(?: (\w*) ?\|)?$/gm)].map(([, name, needs, sender]) =>
    [name, needs, sender === 'yes'].join(' '),
  )
  const lines = Object.entries({ ...permissions, ...rolePermissions }).map(([name, needs]) =>
    [name, needs, (senderMay as readonly string[]).includes(name)].join(' '),
  )
  expect(shown).toEqual(lines)
})

test('a level is enough for what needs less, and no grant is enough for what only the owner may', () => {
  expect(levelsFor('agent.use')).toEqual(['viewer', 'editor', 'manager'])
  expect(levelsFor('conversation.share')).toEqual(['manager'])
  expect(levelsFor('agent.delete')).toEqual([])
})

test('an approval needs who set it off, a look at a run does not', () => {
  const actor = { userId: 'somebody' as never }
  expect(scopeOf(actor, 'execution.approve')).toMatchObject({ sender: 'needed', levels: ['editor', 'manager'] })
  expect(scopeOf(actor, 'execution.read')).toMatchObject({ sender: 'enough' })
  expect(scopeOf(actor, 'execution.continue')).toMatchObject({ sender: 'no matter' })
})
