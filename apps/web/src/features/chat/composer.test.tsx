// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Composer } from './composer.tsx'

const onSend = vi.fn()
const onStop = vi.fn()

beforeEach(() => sessionStorage.clear())
afterEach(() => {
  cleanup()
  vi.clearAllMocks()
})

function show(props: Partial<Parameters<typeof Composer>[0]> = {}) {
  render(
    <Composer
      place="here"
      placeholder="Message"
      running={false}
      busy={undefined}
      lastSent="what I said"
      onSend={onSend}
      onStop={onStop}
      tools={null}
      {...props}
    />,
  )
  return screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
}

const type = (input: HTMLElement, value: string) => fireEvent.change(input, { target: { value } })

describe('Enter', () => {
  test('sends what is written, without the white space around it, and clears the editor', () => {
    const input = show()
    type(input, ' hello\n')
    fireEvent.keyDown(input, { key: 'Enter' })
    expect(onSend).toHaveBeenCalledExactlyOnceWith('hello')
    expect(input.value).toBe('')
  })

  test('with Shift makes a new line', () => {
    const input = show()
    type(input, 'hello')
    expect(fireEvent.keyDown(input, { key: 'Enter', shiftKey: true })).toBe(true)
    expect(onSend).not.toHaveBeenCalled()
  })

  test('ends a composition of an input method and sends nothing', () => {
    const input = show()
    type(input, 'にほん')
    fireEvent.keyDown(input, { key: 'Enter', isComposing: true })
    expect(onSend).not.toHaveBeenCalled()
  })

  test('sends nothing while an answer is being made, and keeps the text', () => {
    const input = show({ running: true })
    type(input, 'next')
    fireEvent.keyDown(input, { key: 'Enter' })
    expect(onSend).not.toHaveBeenCalled()
    expect(input.value).toBe('next')
  })

  test('sends nothing that is empty', () => {
    const input = show()
    type(input, '  ')
    fireEvent.keyDown(input, { key: 'Enter' })
    expect(onSend).not.toHaveBeenCalled()
  })
})

test('send and stop are one place', () => {
  show({ running: true })
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect(onStop).toHaveBeenCalledOnce()
})

test('↑ brings the last message back, but never over a text', () => {
  const input = show()
  type(input, 'mine')
  fireEvent.keyDown(input, { key: 'ArrowUp' })
  expect(input.value).toBe('mine')
  type(input, '')
  fireEvent.keyDown(input, { key: 'ArrowUp' })
  expect(input.value).toBe('what I said')
})

test('a draft is there again when one comes back, each in its place', () => {
  type(show(), 'unfinished')
  cleanup()
  expect(show({ place: 'elsewhere' }).value).toBe('')
  cleanup()
  expect(show().value).toBe('unfinished')
})
