import { useState } from 'react'

const keyOf = (place: string) => `draft:${place}`

function readDraft(place: string): string {
  try {
    return sessionStorage.getItem(keyOf(place)) ?? ''
  } catch {
    return ''
  }
}

/** Keeps the unsent text of one place for this tab. */
export function keepDraft(place: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(keyOf(place), text)
    else sessionStorage.removeItem(keyOf(place))
  } catch {
    // Storage is full or forbidden: the draft then lives as long as the page.
  }
}

/** The unsent text of one place, kept across pages and reloads. */
export function useDraft(place: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => readDraft(place))
  return [
    text,
    (next) => {
      setText(next)
      keepDraft(place, next)
    },
  ]
}
