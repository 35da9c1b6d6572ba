import type { ReactNode } from 'react'

interface EmptyStateProps {
  title: string
  children: ReactNode
  action?: ReactNode
}

/** Teaches the next step, with one real action. */
export const EmptyState = ({ title, children, action }: EmptyStateProps) => (
  <div className="flex flex-col items-start gap-1.5 rounded-lg border border-dashed border-line-strong px-5 py-8 sm:px-8">
    <h2 className="text-base font-semibold">{title}</h2>
    <p className="max-w-prose text-sm text-muted">{children}</p>
    {action && <div className="mt-4">{action}</div>}
  </div>
)
