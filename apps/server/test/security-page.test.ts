import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rootFolder } from '../src/load-env-file.ts'

const read = (file: string) => readFileSync(join(rootFolder, file), 'utf8')

test('every test that the security page names is there', () => {
  const named = [...read('docs/SECURITY.md').matchAll(/`((?:apps|packages)\/[^`\s]+)`/g)].map((match) => match[1] ?? '')
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((file) => !existsSync(join(rootFolder, file)))).toEqual([])
  expect(named.filter((file) => !/\.test\.tsx?$/.test(file))).toEqual([])
})

test('every variable that it names is in the example of the configuration', () => {
  const variables = new Set(read('docs/SECURITY.md').match(/\b[A-Z]+_[A-Z_]+\b/g))
  expect(variables.size).toBeGreaterThan(3)
  expect([...variables].filter((name) => !read('.env.example').includes(name))).toEqual([])
})

test('who looks for the way to report finds the page, and back', () => {
  expect(read('SECURITY.md')).toContain('(docs/SECURITY.md)')
  expect(read('docs/SECURITY.md')).toContain('(../SECURITY.md)')
})
