import type { User } from '@kickstartmyai/contract'
import { Link } from '@tanstack/react-router'
import { Bot, PanelLeft, Search, Settings, SquarePen } from 'lucide-react'
import type { ReactNode } from 'react'
import { t } from '../../i18n/t.ts'
import { BrandMark } from '../../ui/brand-mark.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Keys } from '../../ui/keys.tsx'
import { useShell } from './shell-context.ts'
import { UserMenu } from './user-menu.tsx'

const entry = cx(
  'flex h-8 touch:h-10 w-full items-center gap-2.5 rounded-md px-2.5 text-sm text-muted -outline-offset-2 transition-colors',
  'hover:bg-hover hover:text-fg data-[status=active]:bg-hover data-[status=active]:font-medium data-[status=active]:text-fg',
)

interface RailProps {
  user: User
  onSignOut: () => void
  /** The list of conversations. */
  children: ReactNode
}

export function Rail({ user, onSignOut, children }: RailProps) {
  const { toggleRail, closeSheet, showPalette } = useShell()
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-12 touch:h-13 shrink-0 items-center justify-between pr-2 pl-4">
        <Link
          to="/chat"
          className="flex items-center gap-2 rounded-sm text-sm font-semibold tracking-tight"
          onClick={closeSheet}
        >
          <BrandMark className="size-5.5" />
          {t('product')}
        </Link>
        <IconButton label={t('shell.closeRail')} keys={['Mod', 'B']} onClick={toggleRail}>
          <PanelLeft className="size-4.5" aria-hidden />
        </IconButton>
      </div>
      <nav aria-label={t('shell.mainNavigation')} className="px-2 pt-1 pb-3">
        <Link to="/chat" className={entry} activeOptions={{ exact: true, includeSearch: false }} onClick={closeSheet}>
          <SquarePen className="size-4" aria-hidden />
          <span className="flex-1">{t('shell.newChat')}</span>
          <KeysOnHover keys={['Mod', 'Shift', 'O']} />
        </Link>
        <button type="button" className={entry} onClick={showPalette}>
          <Search className="size-4" aria-hidden />
          <span className="flex-1 text-left">{t('shell.search')}</span>
          <KeysOnHover keys={['Mod', 'K']} />
        </button>
        <Link to="/agents" className={entry} onClick={closeSheet}>
          <Bot className="size-4" aria-hidden />
          {t('shell.agents')}
        </Link>
      </nav>
      <section
        aria-labelledby="conversations"
        className="min-h-0 flex-1 overflow-y-auto px-2 pt-1 [scrollbar-width:thin]"
      >
        <h2 id="conversations" className="sr-only">
          {t('conversations.heading')}
        </h2>
        {children}
      </section>
      <div className="flex items-center gap-1 border-t border-line p-2">
        <UserMenu user={user} onSignOut={onSignOut} />
        <IconButtonLink />
      </div>
    </div>
  )
}

const IconButtonLink = () => {
  const { closeSheet } = useShell()
  return (
    <Link
      to="/settings"
      aria-label={t('shell.settings')}
      data-tip={t('shell.settings')}
      className="inline-flex size-8 touch:size-10 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg data-[status=active]:bg-hover data-[status=active]:text-fg"
      onClick={closeSheet}
    >
      <Settings className="size-4" aria-hidden />
    </Link>
  )
}

const KeysOnHover = ({ keys }: { keys: readonly string[] }) => (
  <span className="opacity-0 transition-opacity touch:hidden [:is(a,button):is(:hover,:focus-visible)>&]:opacity-100">
    <Keys keys={keys} />
  </span>
)
