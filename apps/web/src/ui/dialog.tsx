import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { t } from '../i18n/t.ts'
import { cx } from './cx.ts'
import { iconButtonClass } from './icon-button.tsx'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  /** What is focused first; else the first control. */
  initialFocus?: RefObject<HTMLElement | null>
  className?: string
  children?: ReactNode
}

/** A modal: focus is kept inside, Escape closes, focus goes back to where it came from. */
export function Dialog({ open, onClose, title, description, initialFocus, className, children }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          {...(initialFocus && { initialFocus })}
          className={cx(
            'popup fixed top-[max(10dvh,1rem)] left-1/2 z-40 flex max-h-[80dvh] w-[calc(100vw-2rem)] max-w-md -translate-x-1/2 flex-col overflow-y-auto p-5',
            className,
          )}
        >
          <div className="flex items-start justify-between gap-4">
            <Base.Title className="text-lg leading-6 font-semibold tracking-tight">{title}</Base.Title>
            <Base.Close className={iconButtonClass('-mt-1 -mr-1.5')} aria-label={t('common.close')}>
              <X className="size-4" aria-hidden />
            </Base.Close>
          </div>
          {description && <Base.Description className="mt-1.5 text-sm text-muted">{description}</Base.Description>}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
