import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExecutionStatus, isTerminal } from '@kickstartmyai/contract'
import { expect, test } from 'vitest'
import type { CoreEvent } from './execution-event.ts'
import type { ExecutionState, StepState } from './execution-state.ts'
import { transition } from './transition.ts'

const now = 1000
const held = { epoch: 1, events: 1 }
const waits: StepState = { state: 'awaiting', decision: null }
const starts: StepState = { state: 'started', decision: null }

/** Each event with the steps that it finds. */
const events: [string, CoreEvent, Record<string, StepState>][] = [
  ['claim', { type: 'claim', owner: 'b', leaseMs: 10 }, {}],
  ['heartbeat', { type: 'heartbeat', epoch: 1, leaseMs: 10 }, {}],
  ['flush', { type: 'flush', ...held }, {}],
  ['step finished', { type: 'step_finished', step: 'x', ...held }, {}],
  ['tool called', { type: 'tool_called', step: 'x', repeatable: false, ...held }, {}],
  ['tool finished', { type: 'tool_finished', step: 'x', ok: true, ...held }, { x: starts }],
  ['tool given up', { type: 'tool_given_up', step: 'x', ...held }, { x: starts }],
  ['approval requested', { type: 'approval_requested', step: 'x', ...held }, {}],
  ['begin to wait', { type: 'waiting', epoch: 1 }, { x: waits }],
  ['approval decided, the last', { type: 'approval_decided', step: 'x', decision: 'deny' }, { x: waits }],
  ['approval decided, others open', { type: 'approval_decided', step: 'x', decision: 'deny' }, { x: waits, y: waits }],
  ['cancel', { type: 'cancel' }, {}],
  ['end', { type: 'end', status: 'completed', ...held }, {}],
  ['release', { type: 'release', epoch: 1 }, {}],
]

const stands: [string, Pick<ExecutionState, 'status' | 'leaseUntil'>][] = [
  ['queued', { status: 'queued', leaseUntil: null }],
  ['running', { status: 'running', leaseUntil: now + 1 }],
  ['running, lease run out', { status: 'running', leaseUntil: now - 1 }],
  ['waiting', { status: 'waiting', leaseUntil: null }],
  ['over', { status: 'failed', leaseUntil: null }],
]

function cell(stand: Pick<ExecutionState, 'status' | 'leaseUntil'>, event: CoreEvent, steps: ExecutionState['steps']) {
  const before = { epoch: 1, owner: 'a', attempts: 1, cancelRequested: false, lastSeq: 5, ...stand, steps }
  const outcome = transition(before, event, now)
  if (!outcome.accepted) return `– ${outcome.reason.replaceAll('_', ' ')}`
  const { status, epoch, attempts, cancelRequested } = outcome.state
  const notes = [
    ...(epoch > before.epoch ? ['epoch + 1'] : []),
    ...(attempts > before.attempts ? ['attempt + 1'] : []),
    ...(attempts < before.attempts ? ['attempt − 1'] : []),
    ...(cancelRequested && status === 'running' ? ['the holder ends it'] : []),
  ]
  return notes.length > 0 ? `**${status}**, ${notes.join(', ')}` : `**${status}**`
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const table = [
  line(['', ...stands.map(([name]) => name)]),
  line(['---', ...stands.map(() => '---')]),
  ...events.map(([name, event, steps]) => line([name, ...stands.map(([, stand]) => cell(stand, event, steps))])),
].join('\n')

/** However the formatter has aligned it. */
const unpadded = (text: string) => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

test('the table in the documents is what the core says', () => {
  // When this fails, put the table that it prints into the document.
  const document = readFileSync(join(import.meta.dirname, '../../../../../docs/executions.md'), 'utf8')
  expect(unpadded(document)).toContain(unpadded(table))
})

test('what is over stays as it is, whatever comes', () => {
  for (const status of ExecutionStatus.options.filter(isTerminal)) {
    for (const [, event, steps] of events) {
      expect(cell({ status, leaseUntil: null }, event, steps)).toMatch(/^–/)
    }
  }
})
