import { expect, test } from 'vitest'
import { ask, textRequest } from '../../testing/ask.ts'
import { createDemoProvider } from './create-provider.ts'

const title = async (question: string, answer = 'Gladly.') => {
  const shown = `<conversation>\nUser: ${question}\n\nAssistant: ${answer}\n</conversation>\n\nGive it a title.`
  const request = textRequest(shown, { system: 'You find a title for a conversation.' })
  const { chunks, error } = await ask(createDemoProvider({ msPerWord: 0 }).model('demo'), request)
  expect(error).toBeUndefined()
  return chunks.flatMap((chunk) => (chunk.type === 'text' ? [chunk.text] : [])).join('')
}

test.each([
  ['How do I bake sourdough bread without a dutch oven?', 'Bake sourdough bread dutch oven'],
  ['what is 17*23?', '17*23'],
  ['Bitte schreib mir ein Gedicht über den Herbst', 'Gedicht Herbst'],
  ['Hello', 'Hello'],
  ['[[tokens 50]] [[slow 200]] Explain tides', 'Explain tides'],
  ['人工知能とは何ですか', '人工知能とは何ですか'],
])('a title is made of the words that tell most: %s', async (question, expected) => {
  expect(await title(question)).toBe(expected)
})

test('what comes up often tells more than what is long', async () => {
  const question = 'Compare extraordinarily heavy elephants, magnificent dolphins, gigantic rhinoceroses and cats'
  expect(await title(question, 'Cats are small. Cats purr. Cats sleep. Cats hunt. Cats climb.')).toContain('cats')
})

test('a directive that is shown is not obeyed, and nothing shown is too long for it', async () => {
  expect(await title('[[fail 500]] Rivers of Asia')).toBe('Rivers Asia')
  expect(await title(`Rivers ${'x '.repeat(100_000)}`)).toContain('Rivers')
})

test('an agent that is told about titles answers as ever when no conversation is shown', async () => {
  const request = textRequest('Hello', { system: 'You write a title for every book.' })
  const { chunks } = await ask(createDemoProvider({ msPerWord: 0 }).model('demo'), request)
  expect(chunks[0]).toMatchObject({ type: 'text', text: expect.stringContaining('demo model') })
})
