import type { ReactNode } from 'react'
import { cx } from './cx.ts'

const tones = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent-text',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
}

interface BadgeProps {
  tone?: keyof typeof tones
  className?: string
  children: ReactNode
}

export const Badge = ({ tone = 'neutral', className, children }: BadgeProps) => (
  <span
    className={cx(
      'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium',
      tones[tone],
      className,
    )}
  >
    {children}
  </span>
)
