import { expect, test } from 'vitest'
import { createEventSplitter } from './split-events.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('data is given when its event is complete', () => {
  const split = createEventSplitter()
  expect(split(bytes('event: a\nid: 7\ndata: {"a":'))).toEqual([])
  expect(split(bytes('1}\n'))).toEqual([])
  expect(split(bytes('\ndata: 2\n\ndata: 3\n\nda'))).toEqual(['{"a":1}', '2', '3'])
  expect(split(bytes('ta:4\n\n'))).toEqual(['4'])
})

test('lines of data are one, comments and empty events are none', () => {
  const split = createEventSplitter()
  expect(split(bytes(': hush\n\nevent: ping\n\n\n\ndata: a\ndata:\ndata:  b\n\n'))).toEqual(['a\n\n b'])
})

test.each([1, 2, 3, 5])('characters and line ends that are split after every %i bytes', (size) => {
  const split = createEventSplitter()
  const whole = bytes('data: Grüße 👩‍🚀\r\n\r\ndata: 你好\n\n')
  const events: string[] = []
  for (let at = 0; at < whole.length; at += size) events.push(...split(whole.slice(at, at + size)))
  expect(events).toEqual(['Grüße 👩‍🚀', '你好'])
})

test('a line without an end does not fill the memory', () => {
  const split = createEventSplitter()
  const megabyte = bytes('x'.repeat(1_000_000))
  expect(() => {
    for (let sent = 0; sent < 100; sent += 1) split(megabyte)
  }).toThrow(RangeError)
})
