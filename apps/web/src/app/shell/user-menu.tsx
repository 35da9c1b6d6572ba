import type { User } from '@kickstartmyai/contract'
import { useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut, Settings } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { Menu } from '../../ui/menu.tsx'
import { useShell } from './shell-context.ts'

interface UserMenuProps {
  user: User
  onSignOut: () => void
}

export function UserMenu({ user, onSignOut }: UserMenuProps) {
  const navigate = useNavigate()
  const { closeSheet, showShortcuts } = useShell()
  const openSettings = () => {
    closeSheet()
    void navigate({ to: '/settings' })
  }
  const name = user.fullName ?? user.email
  return (
    <Menu
      side="top"
      align="start"
      className="min-w-56"
      trigger={
        <button
          type="button"
          aria-label={t('shell.account', { name })}
          className="flex h-9 touch:h-11 min-w-0 flex-1 items-center gap-2.5 rounded-md px-1.5 text-left text-sm transition-colors hover:bg-hover data-popup-open:bg-hover"
        >
          <span
            data-letter={name.slice(0, 1)}
            className="before:content-[attr(data-letter)] flex size-6 shrink-0 items-center justify-center rounded-md bg-accent text-xs font-semibold text-on-accent uppercase"
          />
          <span className="truncate">{name}</span>
        </button>
      }
      entries={[
        { kind: 'heading', label: user.email },
        { kind: 'item', label: t('shell.settings'), icon: <Settings aria-hidden />, onSelect: openSettings },
        { kind: 'item', label: t('shell.shortcuts'), icon: <Keyboard aria-hidden />, onSelect: showShortcuts },
        { kind: 'separator' },
        { kind: 'item', label: t('shell.signOut'), icon: <LogOut aria-hidden />, onSelect: onSignOut },
      ]}
    />
  )
}
