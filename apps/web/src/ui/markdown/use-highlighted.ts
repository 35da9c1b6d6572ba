import { useEffect, useMemo, useState } from 'react'
import { toCodeLanguage } from './code-languages.ts'
import type { CodeToken, LineHighlighter } from './line-highlighter.ts'

/** The code in coloured lines, or null while the grammar is on its way or where there is none. */
export function useHighlighted(code: string, languageName: string): CodeToken[][] | null {
  const [highlight, setHighlight] = useState<LineHighlighter | null>(null)
  const language = toCodeLanguage(languageName)

  useEffect(() => {
    if (!language) return
    let wanted = true
    import('./line-highlighter.ts')
      .then(({ createLineHighlighter }) => createLineHighlighter(language))
      // A grammar that cannot be fetched (offline, say) leaves the code plain, which is readable as it is.
      .then(
        (made) => wanted && setHighlight(() => made),
        () => {},
      )
    return () => {
      wanted = false
      setHighlight(null)
    }
  }, [language])

  return useMemo(() => highlight?.(code) ?? null, [highlight, code])
}
