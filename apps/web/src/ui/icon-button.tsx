import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

/** The classes of a square button that holds one icon. */
export const iconButtonClass = (className?: string): string =>
  cx(
    'inline-flex size-8 touch:size-10 shrink-0 items-center justify-center rounded-md text-muted transition-colors',
    'hover:bg-hover hover:text-fg data-popup-open:bg-hover data-popup-open:text-fg disabled:opacity-50',
    className,
  )

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name, shown on hover too. */
  label: string
  /** Its shortcut, as in `['Mod', 'K']`. */
  keys?: readonly string[]
  children: ReactNode
}

export function IconButton({ label, keys, className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tip={label}
      data-tip-keys={keys?.join(' ')}
      className={iconButtonClass(className)}
      {...rest}
    >
      {children}
    </button>
  )
}
