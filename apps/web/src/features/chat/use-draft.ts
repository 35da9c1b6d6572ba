import { useState } from 'react'

const keyOf = (place: string) => `draft:${place}`

function read(place: string): string {
  try {
    return sessionStorage.getItem(keyOf(place)) ?? ''
  } catch {
    return ''
  }
}

/** The unsent text of one place, kept for this tab across pages and reloads. */
export function useDraft(place: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => read(place))
  const set = (next: string) => {
    setText(next)
    try {
      if (next) sessionStorage.setItem(keyOf(place), next)
      else sessionStorage.removeItem(keyOf(place))
    } catch {
      // Storage is full or forbidden: the draft then lives as long as the page.
    }
  }
  return [text, set]
}
