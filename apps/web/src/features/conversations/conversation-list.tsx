import type { Conversation } from '@kickstartmyai/contract'
import { lazy, Suspense, useMemo, useState } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { groupByDate } from './group-by-date.ts'
import { useConversations } from './use-conversations.ts'
import { useReachedEnd } from './use-reached-end.ts'

const RenameDialog = lazy(() => import('./rename-dialog.tsx').then((module) => ({ default: module.RenameDialog })))
const DeleteDialog = lazy(() => import('./delete-dialog.tsx').then((module) => ({ default: module.DeleteDialog })))

interface ConversationListProps {
  onOpen: () => void
  onDeleted: (conversation: Conversation) => void
}

/** Conversations by date, newest first; more are fetched as one scrolls. */
export function ConversationList({ onOpen, onDeleted }: ConversationListProps) {
  const { conversations, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useConversations()
  const [dialog, setDialog] = useState<{ kind: 'rename' | 'delete'; conversation: Conversation } | null>(null)
  const groups = useMemo(() => groupByDate(conversations, new Date()), [conversations])
  const end = useReachedEnd(() => hasNextPage && !isFetchingNextPage && void fetchNextPage())

  if (isPending) return <ListSkeleton />
  if (error && conversations.length === 0) {
    return (
      <div className="flex flex-col items-start gap-2 px-2.5 text-sm text-muted" role="alert">
        <p>
          {t('conversations.loadFailed')} {errorText(error).title}.
        </p>
        <Button onClick={() => void refetch()}>{t('common.retry')}</Button>
      </div>
    )
  }
  if (conversations.length === 0) return <p className="px-2.5 text-sm text-subtle">{t('conversations.none')}</p>

  return (
    <>
      {groups.map((group) => (
        <section key={group.label} aria-label={group.label} className="mb-4">
          <h3 className="px-2.5 pb-1 text-xs text-subtle">{group.label}</h3>
          <ul>
            {group.conversations.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                onOpen={onOpen}
                onRename={() => setDialog({ kind: 'rename', conversation })}
                onDelete={() => setDialog({ kind: 'delete', conversation })}
              />
            ))}
          </ul>
        </section>
      ))}
      <div ref={end} className="h-px" />
      {isFetchingNextPage && <ListSkeleton />}
      <Suspense>
        {dialog?.kind === 'rename' && (
          <RenameDialog conversation={dialog.conversation} onClose={() => setDialog(null)} />
        )}
        {dialog?.kind === 'delete' && (
          <DeleteDialog conversation={dialog.conversation} onClose={() => setDialog(null)} onDeleted={onDeleted} />
        )}
      </Suspense>
    </>
  )
}

const ListSkeleton = () => (
  <div className="flex flex-col gap-2 px-2.5 py-1" role="status" aria-label={t('common.loading')}>
    <Skeleton className="h-4 w-4/5" />
    <Skeleton className="h-4 w-3/5" />
    <Skeleton className="h-4 w-2/3" />
  </div>
)
