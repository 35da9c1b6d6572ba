// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { ToolBlock } from './to-blocks.ts'
import { ToolCard } from './tool-card.tsx'

afterEach(cleanup)

const block: ToolBlock = {
  kind: 'tool',
  key: 'tool-a',
  callId: 'a',
  name: 'calculator',
  state: 'done',
  input: { expression: '17 * 23' },
  output: { value: 391 },
  durationMs: 1503,
}

const summary = () => screen.getByText('Calculator').closest('summary')?.textContent
const open = () => {
  const details = screen.getByRole<HTMLDetailsElement>('group')
  details.open = true
  fireEvent(details, new Event('toggle'))
}

test('says what ran, how it went and how long it took', () => {
  render(<ToolCard block={block} title="Calculator" />)
  expect(summary()).toBe('Calculator17 * 23done · 1.5s')
})

test('has input and output folded, as JSON that one can read', () => {
  render(<ToolCard block={block} title="Calculator" />)
  expect(screen.queryByRole('region', { name: 'Output' })).toBeNull()
  open()
  expect(screen.getByRole('region', { name: 'Input' }).textContent).toBe('{\n  "expression": "17 * 23"\n}')
  expect(screen.getByRole('region', { name: 'Output' }).textContent).toBe('{\n  "value": 391\n}')
})

test('that failed shows the error and no output', () => {
  const { output: _, ...rest } = block
  const error = { code: 'DIVISION_BY_ZERO', message: 'Division by zero' }
  render(<ToolCard block={{ ...rest, state: 'failed', error }} title="Calculator" />)
  open()
  expect(screen.getByRole('region', { name: 'Error' }).textContent).toContain('Division by zero')
  expect(screen.queryByRole('region', { name: 'Output' })).toBeNull()
})
