import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'

interface RailSheetProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}

/** The rail on a phone: slides in over the page. */
export const RailSheet = ({ open, onOpenChange, children }: RailSheetProps) => (
  <Dialog.Root open={open} onOpenChange={onOpenChange}>
    <Dialog.Portal>
      <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
      <Dialog.Popup className="fixed inset-y-0 left-0 z-30 w-[min(20rem,86vw)] bg-rail shadow-float transition-transform duration-150 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
        <Dialog.Title className="sr-only">{t('shell.mainNavigation')}</Dialog.Title>
        {children}
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
)
