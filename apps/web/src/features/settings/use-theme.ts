import { useEffect, useState } from 'react'
import { applyTheme, followSystemTheme, readTheme, type ThemeChoice } from './theme.ts'

/** The person's choice of theme on this device. */
export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const [choice, setChoice] = useState(readTheme)
  useEffect(followSystemTheme, [])
  return [
    choice,
    (next) => {
      applyTheme(next)
      setChoice(next)
    },
  ]
}
