import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

interface Unsaved {
  get: () => boolean
  set: (dirty: boolean) => void
}

/** Whether a page holds something that would be lost. Kept aside, since typing must not draw the page anew. */
export function useUnsaved(): Unsaved {
  const [unsaved] = useState((): Unsaved => {
    let dirty = false
    return {
      get: () => dirty,
      set: (next) => {
        dirty = next
      },
    }
  })
  return unsaved
}

/** Asks before a page with unsaved changes is left, in the app and by closing the tab. */
export function UnsavedGuard({ unsaved }: { unsaved: Unsaved }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved.get() && current.pathname !== next.pathname,
    enableBeforeUnload: unsaved.get,
    withResolver: true,
  })
  return (
    <ConfirmDialog
      open={blocker.status === 'blocked'}
      title={t('agents.leaveTitle')}
      description={t('agents.leaveText')}
      action={t('agents.leaveAction')}
      onConfirm={() => blocker.status === 'blocked' && blocker.proceed()}
      onClose={() => blocker.status === 'blocked' && blocker.reset()}
    />
  )
}
