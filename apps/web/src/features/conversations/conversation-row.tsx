import type { Conversation } from '@kickstartmyai/contract'
import { Link } from '@tanstack/react-router'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { cx } from '../../ui/cx.ts'
import { iconButtonClass } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { titleOf } from './title-of.ts'

interface ConversationRowProps {
  conversation: Conversation
  /** Called when one goes there. */
  onOpen: () => void
  onRename: () => void
  onDelete: () => void
}

export function ConversationRow({ conversation, onOpen, onRename, onDelete }: ConversationRowProps) {
  const title = titleOf(conversation)
  return (
    <li className="group/row relative flex items-center rounded-md transition-colors has-data-[status=active]:bg-hover hover:bg-hover">
      <Link
        to="/c/$conversationId"
        params={{ conversationId: conversation.id }}
        className="flex h-8 touch:h-10 min-w-0 flex-1 items-center gap-2 rounded-md pr-8 touch:pr-10 pl-2.5 text-sm text-muted -outline-offset-2 data-[status=active]:font-medium data-[status=active]:text-fg"
        onClick={onOpen}
      >
        <span className="truncate">{title}</span>
        {conversation.activeExecutionId && (
          <span className="pulse-dot size-1.5 shrink-0 rounded-full bg-accent-text">
            <span className="sr-only">{t('conversations.running')}</span>
          </span>
        )}
      </Link>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t('conversations.actions', { title })}
            className={cx(
              iconButtonClass('absolute right-0.5 size-7 touch:size-10 touch:right-0'),
              'opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100 data-popup-open:opacity-100 touch:opacity-100',
            )}
          >
            <Ellipsis className="size-4" aria-hidden />
          </button>
        }
        entries={[
          { kind: 'item', label: t('common.rename'), icon: <Pencil aria-hidden />, onSelect: onRename },
          { kind: 'separator' },
          { kind: 'item', label: t('common.delete'), icon: <Trash2 aria-hidden />, danger: true, onSelect: onDelete },
        ]}
      />
    </li>
  )
}
