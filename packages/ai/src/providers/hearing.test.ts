import { expect, test } from 'vitest'
import { createHearing, type ReadChunk } from './hearing.ts'

const hearing = () => createHearing<ReadChunk>({ vendor: 'Vendor', read: (chunk) => [chunk] })
const bytes = (...chunks: (object | string)[]) =>
  new TextEncoder().encode(
    chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`).join(''),
  )
const text = (said: string) => ({ type: 'text', text: said })

test('words that came in one piece are one chunk, each kind for itself', () => {
  const hear = hearing()
  const thought = { type: 'reasoning', text: 'Hm' }
  const finish = { type: 'finish', reason: 'stop' }
  expect(hear(bytes(thought, thought, text('a'), text('b'), '[DONE]', text('c'), finish))).toEqual([
    { type: 'reasoning', text: 'HmHm' },
    text('abc'),
    finish,
  ])
  expect(hear(bytes(text('d')))).toEqual([text('d')])
  expect(hear(bytes('7'))).toEqual([])
})

test('what cannot be read is a failure, after what came before it', () => {
  expect(hearing()(bytes(text('a'), text('b'), '{"type":', text('c')))).toMatchObject([
    text('ab'),
    { type: 'failure', error: { kind: 'malformed', retryable: true } },
  ])
})
