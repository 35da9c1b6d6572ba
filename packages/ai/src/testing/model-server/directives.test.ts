import { describe, expect, test } from 'vitest'
import { plainAnswer } from './answer.ts'
import { readDirectives } from './read-directives.ts'

const answerTo = (said: string, results: string[] = []) => readDirectives(said, results, 0).answer

test('a message without directives is answered with 20 tokens', () => {
  const answer = answerTo('Hello')
  expect(answer.text.split(' ')).toHaveLength(20)
  expect(answer).toEqual({ ...plainAnswer, text: answer.text })
  expect(answerTo('Something else').text).toBe(answer.text)
})

test.each([
  ['[[tokens 3]] [[pace 20]]', { text: 'The model server', paceMs: 20 }],
  ['[[tokens 0]]', { text: '' }],
  ['[[tokens 2]] [[stamps]]', { text: 'time-of-sending! time-of-sending!' }],
  [String.raw`[[say a=b,\nand {"so": "on"}]]`, { text: 'a=b,\nand {"so": "on"}' }],
  ['[[reasoning]] [[say ok]]', { text: 'ok', reasoning: expect.stringContaining('look') }],
  [
    '[[tool a {"b":[[1]]}]] [[tool c]]',
    {
      text: '',
      calls: [
        { name: 'a', input: { b: [[1]] } },
        { name: 'c', input: {} },
      ],
    },
  ],
  ['[[empty]] [[reasoning]] [[tool a {}]]', { text: '', reasoning: '', calls: [] }],
  ['[[refuse]]', { refusal: true, text: expect.stringContaining("can't help") }],
  ['[[split]]', { split: true, text: expect.stringContaining('👩‍🚀') }],
  ['[[unknown-events]]', { unknownEvents: true }],
  ['[[status 429 retry-after=2]]', { fault: { type: 'status', status: 429, retryAfter: '2' } }],
  ['[[status 200]]', { fault: { type: 'status', status: 500 } }],
  ['[[quota]]', { fault: { type: 'quota' } }],
  ['[[overflow]]', { fault: { type: 'overflow' } }],
  ['[[stall before]]', { fault: { type: 'stall', after: null } }],
  ['[[stall after 4]]', { fault: { type: 'stall', after: 4 } }],
  ['[[cut 4]]', { fault: { type: 'cut', after: 4 } }],
  ['[[error-event]]', { fault: { type: 'error-event', after: 0 } }],
  ['[[malformed 1]]', { fault: { type: 'malformed', after: 1 } }],
])('%s', (said, answer) => {
  expect(answerTo(said)).toMatchObject(answer)
})

describe('when the tools have answered', () => {
  test('the text tells their results', () => {
    expect(answerTo('[[tool a {}]]', ['391', 'noon'])).toMatchObject({
      calls: [],
      text: 'The tools answered: 391 and noon',
    })
  })

  test('unless the message decides it', () => {
    expect(answerTo('[[tool a {}]] [[say Done.]]', ['391']).text).toBe('Done.')
    expect(answerTo('[[tool a {}]] [[tokens 2]]', ['391']).text).toBe('The model')
  })
})
