import type { ReactNode } from 'react'
import { cx } from './cx.ts'

interface PageProps {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  /** A narrow page is for reading and for forms. */
  narrow?: boolean
  children: ReactNode
}

/** A page that scrolls, with its heading and actions. */
export const Page = ({ title, lead, actions, narrow = false, children }: PageProps) => (
  <div className="min-h-0 flex-1 overflow-y-auto">
    <div className={cx('mx-auto w-full px-4 pt-3 pb-20 sm:px-8 sm:pt-6', narrow ? 'max-w-3xl' : 'max-w-5xl')}>
      <header className="mb-6 flex flex-wrap items-end justify-between gap-x-4 gap-y-3 sm:mb-8">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight text-balance sm:text-2xl">{title}</h1>
          {lead && <p className="mt-1 max-w-prose text-sm text-muted">{lead}</p>}
        </div>
        {actions && <div className="flex items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  </div>
)
