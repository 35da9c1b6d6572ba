import { useEffect, useEffectEvent } from 'react'

interface Shortcuts {
  newChat: () => void
  focusComposer: () => void
  showPalette: () => void
  showShortcuts: () => void
  toggleRail: () => void
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** The keys that work everywhere in the app. Plain characters only where nobody is typing. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[role=dialog],[role=alertdialog]')) return
    const run = match(event, shortcuts)
    if (!run) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

function match(event: KeyboardEvent, shortcuts: Shortcuts): (() => void) | undefined {
  const mod = event.metaKey || event.ctrlKey
  const key = event.key.toLowerCase()
  if (mod && event.shiftKey && key === 'o') return shortcuts.newChat
  if (mod && !event.shiftKey && key === 'k') return shortcuts.showPalette
  if (mod && !event.shiftKey && key === 'b') return shortcuts.toggleRail
  if (mod || event.altKey || isTyping(event.target)) return undefined
  if (key === '/') return shortcuts.focusComposer
  if (key === '?') return shortcuts.showShortcuts
  return undefined
}
