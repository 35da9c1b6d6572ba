import { expect, test } from 'vitest'
import { createBatcher } from './batcher.ts'

/** An `ask` that is answered by hand, and the questions that it was asked. */
function byHand() {
  const asked: { questions: readonly number[]; answer: () => void; fail: (error: Error) => void }[] = []
  const ask = (questions: readonly number[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<number[]>()
    asked.push({ questions, answer: () => resolve(questions.map((question) => question * 10)), fail: reject })
    return promise
  }
  return { asked, ask }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what comes while one question is under way goes together, each with its own answer', async () => {
  const { asked, ask } = byHand()
  const one = createBatcher(ask, { most: 10, parallel: 1 })
  const first = one(1)
  await turn()
  const others = [one(2), one(3)]
  await turn()
  expect(asked.map(({ questions }) => questions)).toEqual([[1]])
  asked[0]?.answer()
  expect(await first).toBe(10)
  await turn()
  expect(asked.map(({ questions }) => questions)).toEqual([[1], [2, 3]])
  asked[1]?.answer()
  expect(await Promise.all(others)).toEqual([20, 30])
})

test('no more than so many go together, and no more than so many are under way', async () => {
  const { asked, ask } = byHand()
  const one = createBatcher(ask, { most: 2, parallel: 2 })
  const all = Promise.all([1, 2, 3, 4, 5].map(one))
  await turn()
  expect(asked.map(({ questions }) => questions)).toEqual([
    [1, 2],
    [3, 4],
  ])
  asked[1]?.answer()
  await turn()
  expect(asked[2]?.questions).toEqual([5])
  asked[0]?.answer()
  asked[2]?.answer()
  expect(await all).toEqual([10, 20, 30, 40, 50])
})

test('a failure is told to those who asked, and to nobody after them', async () => {
  const { asked, ask } = byHand()
  const one = createBatcher(ask, { most: 10, parallel: 1 })
  const failing = Promise.allSettled([one(1), one(2)])
  await turn()
  const later = one(3)
  asked[0]?.fail(new Error('the database is away'))
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await turn()
  asked[1]?.answer()
  expect(await later).toBe(30)
})
