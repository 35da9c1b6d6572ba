import { createContext, use } from 'react'

/** What any page may ask of the frame around it. */
export interface Shell {
  /** Whether the rail takes room beside the page (never on phones, where it is a sheet above it). */
  railOpen: boolean
  toggleRail: () => void
  /** Puts the sheet away once one has gone somewhere; does nothing beside a page. */
  closeSheet: () => void
  showShortcuts: () => void
  showPalette: () => void
  newChat: () => void
}

export const ShellContext = createContext<Shell | null>(null)

export function useShell(): Shell {
  const shell = use(ShellContext)
  if (!shell) throw new Error('useShell needs the AppShell around it')
  return shell
}
