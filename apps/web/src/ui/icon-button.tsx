import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Tooltip } from './tooltip.tsx'

/** The classes of a square button that holds one icon. */
export const iconButtonClass = (className?: string): string =>
  cx(
    'inline-flex size-8 touch:size-10 shrink-0 items-center justify-center rounded-md text-muted transition-colors',
    'hover:bg-hover hover:text-fg data-popup-open:bg-hover data-popup-open:text-fg disabled:opacity-50',
    className,
  )

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** The accessible name, shown as a tooltip too. */
  label: string
  keys?: readonly string[]
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactNode
}

export function IconButton({ label, keys, side, className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys} side={side}>
      <button type={type} aria-label={label} className={iconButtonClass(className)} {...rest}>
        {children}
      </button>
    </Tooltip>
  )
}
