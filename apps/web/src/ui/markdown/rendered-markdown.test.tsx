// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { RenderedMarkdown } from './rendered-markdown.tsx'

afterEach(cleanup)

const show = (text: string, streaming = false) =>
  render(<RenderedMarkdown text={text} streaming={streaming} />).container

test('HTML in an answer is text, and nothing of it runs', () => {
  const html = '<script>alert(1)</script> <img src=x onerror=alert(1)> <b>bold</b>'
  const view = show(`before ${html} after`)
  expect(view.textContent).toContain('<img src=x onerror=alert(1)>')
  expect(view.querySelector('script, img, b')).toBeNull()
})

test('a picture elsewhere is not fetched but offered', () => {
  const view = show('![a cat](https://elsewhere.example/cat.png)')
  expect(view.querySelector('img')).toBeNull()
  expect(screen.getByRole('link', { name: 'Image: a cat' }).getAttribute('href')).toBe(
    'https://elsewhere.example/cat.png',
  )
})

test('links open elsewhere and tell nothing; dangerous ones are no links', () => {
  show('[good](https://example.com) [bad](javascript:alert(1))')
  expect(screen.getByRole('link', { name: 'good' }).getAttribute('rel')).toBe('noopener noreferrer nofollow')
  expect(screen.queryByRole('link', { name: /bad/ })).toBeNull()
})

test('markup that is still being written is drawn as if it were closed', () => {
  expect(show('some **bold', true).querySelector('strong')?.textContent).toBe('bold')
  expect(screen.queryByRole('link')).toBeNull()
})

test('a code block names its language and is copied whole', () => {
  show('```ts\nconst a = 1\n```')
  expect(screen.getByRole('region', { name: 'Code' }).textContent).toBe('const a = 1')
  expect(screen.getByText('ts')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Copy code' })).toBeTruthy()
})

test('headings begin below those of the page', () => {
  show('# One\n\n## Two')
  expect(screen.getAllByRole('heading').map((heading) => heading.tagName)).toEqual(['H3', 'H4'])
})
