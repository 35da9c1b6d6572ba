import { useState } from 'react'
import { useMedia } from './use-media.ts'

const key = 'rail'

function readKept(): boolean {
  try {
    return localStorage.getItem(key) !== 'closed'
  } catch {
    return true
  }
}

interface Rail {
  /** Too narrow for a rail beside the page: it is a sheet instead. */
  narrow: boolean
  railOpen: boolean
  sheetOpen: boolean
  setSheetOpen: (open: boolean) => void
  toggleRail: () => void
}

/** The state of the rail: beside the page it is remembered, as a sheet it starts closed. */
export function useRail(): Rail {
  const narrow = useMedia('(width < 48rem)')
  const [kept, setKept] = useState(readKept)
  const [sheetOpen, setSheetOpen] = useState(false)
  return {
    narrow,
    railOpen: kept && !narrow,
    sheetOpen: sheetOpen && narrow,
    setSheetOpen,
    toggleRail: () => {
      if (narrow) return setSheetOpen(!sheetOpen)
      setKept(!kept)
      try {
        localStorage.setItem(key, kept ? 'closed' : 'open')
      } catch {
        // Storage is forbidden: the choice then lasts as long as the page.
      }
    },
  }
}
