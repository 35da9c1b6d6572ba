import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

/** 16 px on touch, below which phones zoom into a focused control. */
const control = cx(
  'w-full rounded-md border border-line-strong bg-surface px-3 text-sm touch:text-base text-fg transition-colors',
  'placeholder:text-subtle hover:border-subtle aria-invalid:border-danger disabled:opacity-60',
  'focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0',
)

export const Input = ({ className, ...rest }: ComponentProps<'input'>) => (
  <input className={cx(control, 'h-10', className)} {...rest} />
)

export const Textarea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <textarea className={cx(control, 'min-h-20 resize-y py-2.5 leading-relaxed', className)} {...rest} />
)
