import { PanelLeft, SquarePen } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { useShell } from './shell-context.ts'

interface TopBarProps {
  title?: string | undefined
  actions?: ReactNode
}

/** One line above a page: the way to the rail where it is hidden, and what one looks at. */
export function TopBar({ title, actions }: TopBarProps) {
  const { railOpen, toggleRail, newChat } = useShell()
  return (
    <div className="flex h-12 touch:h-13 shrink-0 items-center gap-1 px-2 sm:px-3">
      {!railOpen && (
        <>
          <IconButton label={t('shell.openRail')} keys={['Mod', 'B']} onClick={toggleRail}>
            <PanelLeft className="size-4.5" aria-hidden />
          </IconButton>
          <IconButton label={t('shell.newChat')} keys={['Mod', 'Shift', 'O']} onClick={newChat}>
            <SquarePen className="size-4.5" aria-hidden />
          </IconButton>
        </>
      )}
      {title ? (
        <h1 className="min-w-0 flex-1 truncate px-1.5 text-sm font-medium text-muted">{title}</h1>
      ) : (
        <div className="flex-1" />
      )}
      {actions}
    </div>
  )
}
