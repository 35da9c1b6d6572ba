import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { Spinner } from './spinner.tsx'

type Variant = 'primary' | 'secondary' | 'ghost' | 'danger' | 'quietDanger'

const looks: Record<Variant, string> = {
  primary: 'bg-ink text-on-ink hover:bg-ink-hover',
  secondary: 'border border-line-strong bg-surface text-fg hover:bg-hover',
  ghost: 'text-muted hover:bg-hover hover:text-fg',
  danger: 'bg-danger text-on-danger hover:opacity-90',
  quietDanger: 'border border-line-strong bg-surface text-danger hover:border-danger-line hover:bg-danger-soft',
}

/** The classes of a button, for a link that has to look like one. */
export const buttonClass = (variant: Variant = 'secondary', className?: string): string =>
  cx(
    'inline-flex h-9 touch:h-10 shrink-0 items-center justify-center gap-2 rounded-md px-3.5 text-sm font-medium',
    'whitespace-nowrap transition-colors select-none disabled:opacity-55',
    looks[variant],
    className,
  )

interface ButtonProps extends ComponentProps<'button'> {
  variant?: Variant
  /** Something is under way: the button is kept in place, says so and cannot be pressed again. */
  busy?: boolean
}

export function Button({
  variant,
  busy = false,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={buttonClass(variant, className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && <Spinner />}
      {children}
    </button>
  )
}
