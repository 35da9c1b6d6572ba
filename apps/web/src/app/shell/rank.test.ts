import { expect, test } from 'vitest'
import { rank } from './rank.ts'

const entries = ['Reunion plan', 'New chat', 'Something new'].map((label) => ({ label }))
const found = (query: string) => rank(entries, query).map((entry) => entry.label)

test('beginnings of words come before the rest', () => {
  expect(found('un')).toEqual(['Reunion plan'])
  expect(found('new')).toEqual(['New chat', 'Something new'])
  expect(found('n')).toEqual(['New chat', 'Something new', 'Reunion plan'])
})

test('every word has to be there', () => {
  expect(found('chat new')).toEqual(['New chat'])
  expect(found('chat plan')).toEqual([])
})

test('without a word everything is there, as it was', () => {
  expect(found(' ')).toHaveLength(3)
})
