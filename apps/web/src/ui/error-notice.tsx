import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../i18n/t.ts'
import { CopyButton } from './copy-button.tsx'
import { cx } from './cx.ts'

interface ErrorNoticeProps {
  /** What happened. */
  title: string
  /** What is safe, and what can be done. */
  children?: ReactNode
  /** The id under which the server's log knows this failure. */
  reference?: { label: string; id: string } | undefined
  action?: ReactNode
  className?: string
}

export function ErrorNotice({ title, children, reference, action, className }: ErrorNoticeProps) {
  return (
    <div
      role="alert"
      className={cx('flex gap-3 rounded-lg border border-danger-line bg-danger-soft p-3.5 text-sm', className)}
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children && <div className="mt-0.5 text-muted">{children}</div>}
        {(action || reference) && (
          <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
            {action}
            {reference && (
              <span className="flex min-w-0 items-center text-xs text-muted">
                <span className="truncate">
                  {reference.label} <code className="font-mono text-2xs">{reference.id}</code>
                </span>
                <CopyButton text={() => reference.id} label={t('common.copyId', { what: reference.label })} />
              </span>
            )}
          </div>
        )}
      </div>
    </div>
  )
}
