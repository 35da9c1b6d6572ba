import { cx } from './cx.ts'

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

const glyphs: Record<string, string> = {
  Mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Enter: '↵',
  Up: '↑',
}

interface KeysProps {
  keys: readonly string[]
  tone?: 'quiet' | 'onInk'
}

/** A key chord, drawn as caps in the manner of the person's platform. */
export const Keys = ({ keys, tone = 'quiet' }: KeysProps) => (
  <span className="inline-flex gap-0.5" aria-hidden>
    {keys.map((key) => (
      <kbd
        key={key}
        className={cx(
          'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm px-1 font-sans text-2xs leading-none',
          tone === 'quiet' ? 'bg-hover text-muted' : 'bg-on-ink/15 text-on-ink',
        )}
      >
        {glyphs[key] ?? key}
      </kbd>
    ))}
  </span>
)
