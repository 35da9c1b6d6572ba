import { expect, test } from 'vitest'
import { parseDirectives, withoutDirectives } from './parse-directives.ts'

test('a directive has a name, words, named words and an object', () => {
  expect(
    parseDirectives('Hello [[status 429 times=2 retry-after=1]] there [[tool time {"timeZone":"UTC"}]]'),
  ).toMatchObject([
    { name: 'status', words: ['429'], named: { times: '2', 'retry-after': '1' }, json: null },
    { name: 'tool', words: ['time'], named: {}, json: { timeZone: 'UTC' } },
  ])
})

test('an object may hold brackets', () => {
  expect(parseDirectives('[[tool matrix {"rows":[[1,2],[3,4]]}]] [[empty]]')).toMatchObject([
    {
      name: 'tool',
      json: {
        rows: [
          [1, 2],
          [3, 4],
        ],
      },
    },
    { name: 'empty' },
  ])
})

test.each(['[[', '[[]]', '[[ 12 ]]', '[[Not This]]', '[[tool x {"a":]]', 'see [[1, 2], [3, 4]]', 'a ]] b [['])(
  'what is none is left alone: %s',
  (text) => {
    expect(parseDirectives(text)).toEqual([])
    expect(withoutDirectives(text)).toBe(text)
  },
)

test('the text without directives is what a person said', () => {
  expect(withoutDirectives('[[slow 10]] What is [[reasoning]] 2+2?')).toBe('What is 2+2?')
})

test('a text that looks like endless directives holds none', () => {
  for (const text of ['[['.repeat(100_000), '[[a {'.repeat(40_000), `[[a {${'"]]'.repeat(60_000)}`]) {
    expect(parseDirectives(text)).toEqual([])
  }
})
