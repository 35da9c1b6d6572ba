import type { Conversation } from '@kickstartmyai/contract'
import { Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import { composerId } from '../../features/chat/composer.tsx'
import { ConversationList } from '../../features/conversations/conversation-list.tsx'
import { t } from '../../i18n/t.ts'
import { useSession } from '../session-context.ts'
import { OfflineBar } from './offline-bar.tsx'
import { Rail } from './rail.tsx'
import { ShellContext, type Shell } from './shell-context.ts'
import { useRail } from './use-rail.ts'
import { useShortcuts } from './use-shortcuts.ts'

const RailSheet = lazy(() => import('./rail-sheet.tsx').then((module) => ({ default: module.RailSheet })))
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
)
const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))

/** The frame around every page of a signed-in person: the rail, the page, and what floats above both. */
export function AppShell() {
  const { user, signOut } = useSession()
  const navigate = useNavigate()
  const { conversationId } = useParams({ strict: false })
  const { narrow, railOpen, sheetOpen, setSheetOpen, toggleRail } = useRail()
  const [overlay, setOverlay] = useState<'palette' | 'shortcuts' | null>(null)

  const shell = useMemo<Shell>(
    () => ({
      railOpen,
      toggleRail,
      closeSheet: () => setSheetOpen(false),
      showPalette: () => {
        setSheetOpen(false)
        setOverlay('palette')
      },
      showShortcuts: () => {
        setSheetOpen(false)
        setOverlay('shortcuts')
      },
      newChat: () => void navigate({ to: '/chat' }),
    }),
    [railOpen, toggleRail, setSheetOpen, navigate],
  )
  useShortcuts({ ...shell, focusComposer: () => document.getElementById(composerId)?.focus() })

  const leaveDeleted = (gone: Conversation) => {
    if (gone.id === conversationId) void navigate({ to: '/chat' })
  }
  const rail = (
    <Rail user={user} onSignOut={signOut}>
      <ConversationList onOpen={shell.closeSheet} onDeleted={leaveDeleted} />
    </Rail>
  )

  return (
    <ShellContext value={shell}>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2.5 text-sm text-on-ink focus:translate-y-0"
      >
        {t('common.skip')}
      </a>
      <div className="flex h-dvh">
        {railOpen && <aside className="w-68 shrink-0 border-r border-line bg-rail">{rail}</aside>}
        <Suspense>
          {narrow && (
            <RailSheet open={sheetOpen} onOpenChange={setSheetOpen}>
              {rail}
            </RailSheet>
          )}
        </Suspense>
        <div className="flex min-w-0 flex-1 flex-col">
          <OfflineBar />
          <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col">
            <Outlet />
          </main>
        </div>
      </div>
      <Suspense>
        {overlay === 'shortcuts' && <ShortcutsDialog onClose={() => setOverlay(null)} />}
        {overlay === 'palette' && <Palette onClose={() => setOverlay(null)} />}
      </Suspense>
    </ShellContext>
  )
}
