import { expect, test } from 'vitest'
import { z } from 'zod'
import { builtinTools } from './builtin-tools.ts'
import { defineTool } from './define-tool.ts'
import { createToolRegistry } from './registry.ts'
import { toToolSpec } from './to-tool-spec.ts'

const echo = defineTool({
  name: 'echo',
  title: 'Echo',
  description: 'Says it again.',
  effect: 'read',
  input: z.object({ text: z.string().default('…') }),
  timeoutMs: 1000,
  run: ({ text }) => text,
})

test('a registry finds its tools by name', () => {
  const registry = createToolRegistry([echo, ...builtinTools])
  expect(registry.get('echo')).toBe(echo)
  expect(registry.get('shout')).toBeUndefined()
  expect(registry.list().map(({ name }) => name)).toEqual(['echo', ...builtinTools.map(({ name }) => name)])
})

test('two tools of one name are refused', () => {
  expect(() => createToolRegistry([echo, echo])).toThrow('Two tools have the same name')
})

test('a model is told the input as JSON Schema, where what has a default may be left out', () => {
  const spec = toToolSpec(echo)
  expect(spec).toMatchObject({ name: 'echo', description: 'Says it again.', inputSchema: { type: 'object' } })
  expect(spec.inputSchema['required'] ?? []).toEqual([])
  expect(toToolSpec(echo)).toBe(spec)
})

test.each(builtinTools.map((tool) => [tool.name, tool] as const))('%s can be told to every vendor', (name, tool) => {
  expect(name).toMatch(/^[a-z][a-z0-9_]{0,63}$/)
  const { inputSchema } = toToolSpec(tool)
  expect(inputSchema['type']).toBe('object')
  expect(JSON.stringify(inputSchema)).not.toContain('$ref')
})
