export type ThemeChoice = 'system' | 'light' | 'dark'

/** Kept under the key that public/theme.js reads before the first paint. */
const key = 'theme'
const colours = { light: '#fbfbf9', dark: '#131412' }

export function readTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}

export function applyTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, choice)
  } catch {
    // Storage is forbidden: the choice then lasts as long as the page.
  }
  paint(choice)
}

/** Keeps up with the system while no choice is made. Returns how to stop. */
export function followSystemTheme(): () => void {
  const query = matchMedia('(prefers-color-scheme: dark)')
  const listener = () => readTheme() === 'system' && paint('system')
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

function paint(choice: ThemeChoice): void {
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  const theme = dark ? 'dark' : 'light'
  document.documentElement.dataset['theme'] = theme
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', colours[theme])
}
