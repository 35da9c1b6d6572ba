import { expect, test } from 'vitest'
import { createLineHighlighter, type CodeToken } from './line-highlighter.ts'

const code = 'const a = `x\ny ${1}\nz`\n// done\nlet b = 2'
const text = (lines: CodeToken[][]) => lines.map((line) => line.map((token) => token.content).join('')).join('\n')

test('code that grew letter by letter is coloured like code that was there at once', async () => {
  const growing = await createLineHighlighter('typescript')
  const whole = await createLineHighlighter('typescript')
  let last: CodeToken[][] = []
  for (let end = 1; end <= code.length; end += 1) {
    last = growing(code.slice(0, end))
    expect(text(last)).toBe(code.slice(0, end).replace(/\n$/, ''))
  }
  expect(last).toEqual(whole(code))
  expect(new Set(last.flat().map((token) => token.color)).size).toBeGreaterThan(2)
})

test('lines that are done are not coloured again', async () => {
  const highlight = await createLineHighlighter('typescript')
  const before = highlight('const a = 1\nconst')
  const after = highlight('const a = 1\nconst b')
  expect(after[0]).toBe(before[0])
})

test('other code begins anew', async () => {
  const highlight = await createLineHighlighter('typescript')
  highlight('/* open\n')
  expect(text(highlight('let c\n'))).toBe('let c')
})
