import { Dialog } from '@base-ui/react/dialog'
import { useNavigate } from '@tanstack/react-router'
import { Bot, MessageSquare, Moon, Plus, Search, Settings, Sun, type LucideIcon } from 'lucide-react'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { useActiveAgents } from '../../features/agents/use-agents.ts'
import { titleOf } from '../../features/conversations/title-of.ts'
import { useConversations } from '../../features/conversations/use-conversations.ts'
import { applyTheme } from '../../features/settings/theme.ts'
import { t } from '../../i18n/t.ts'
import { cx } from '../../ui/cx.ts'
import { rank } from './rank.ts'

interface Command {
  id: string
  group: string
  label: string
  icon: LucideIcon
  run: () => void
}

/** Go anywhere, do anything, by a few letters. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const commands = useCommands()
  const found = useMemo(() => rank(commands, query).slice(0, 30), [commands, query])
  const chosen = found[Math.min(active, found.length - 1)]

  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) setActive((active + step + found.length) % found.length)
    else if (event.key === 'Enter') run(chosen)
    else return
    event.preventDefault()
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="popup fixed top-[min(14dvh,8rem)] left-1/2 z-40 flex max-h-[70dvh] w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 flex-col overflow-hidden">
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <div className="flex items-center gap-3 border-b border-line px-4">
            <Search className="size-4 shrink-0 text-subtle" aria-hidden />
            <input
              className="h-12 w-full bg-transparent text-base outline-none placeholder:text-subtle"
              role="combobox"
              aria-expanded
              aria-controls="palette-list"
              aria-activedescendant={chosen && `palette-${chosen.id}`}
              aria-label={t('palette.title')}
              placeholder={t('palette.placeholder')}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value)
                setActive(0)
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div id="palette-list" role="listbox" aria-label={t('palette.title')} className="overflow-y-auto p-1.5">
            {found.length === 0 && <p className="px-3 py-6 text-sm text-muted">{t('palette.nothing', { query })}</p>}
            {found.map((command, index) => (
              <PaletteOption
                key={command.id}
                command={command}
                heading={found[index - 1]?.group === command.group ? undefined : command.group}
                active={command === chosen}
                onPoint={() => setActive(index)}
                onRun={() => run(command)}
              />
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface PaletteOptionProps {
  command: Command
  heading: string | undefined
  active: boolean
  onPoint: () => void
  onRun: () => void
}

const PaletteOption = ({ command, heading, active, onPoint, onRun }: PaletteOptionProps) => (
  <>
    {heading && (
      <p role="presentation" className="px-2.5 pt-2.5 pb-1 text-xs text-subtle">
        {heading}
      </p>
    )}
    {/* The field above keeps the focus and steers by aria-activedescendant. */}
    <button
      type="button"
      tabIndex={-1}
      id={`palette-${command.id}`}
      ref={(element) => void (active && element?.scrollIntoView({ block: 'nearest' }))}
      role="option"
      aria-selected={active}
      className={cx(
        'flex w-full min-h-9 touch:min-h-11 items-center gap-3 rounded-md px-2.5 text-left text-sm',
        active && 'bg-hover',
      )}
      onPointerMove={onPoint}
      onClick={onRun}
    >
      <command.icon className="size-4 shrink-0 text-muted" aria-hidden />
      <span className="truncate">{command.label}</span>
    </button>
  </>
)

function useCommands(): Command[] {
  const navigate = useNavigate()
  const { conversations } = useConversations()
  const agents = useActiveAgents()
  return useMemo(() => {
    const command = (id: string, label: string, icon: LucideIcon, run: () => void): Command => ({
      id,
      group: t('palette.commands'),
      label,
      icon,
      run,
    })
    return [
      command('new', t('shell.newChat'), MessageSquare, () => void navigate({ to: '/chat' })),
      command('agents', t('shell.agents'), Bot, () => void navigate({ to: '/agents' })),
      command('new-agent', t('agents.create'), Plus, () => void navigate({ to: '/agents/new' })),
      command('settings', t('shell.settings'), Settings, () => void navigate({ to: '/settings' })),
      command('light', t('palette.lightTheme'), Sun, () => applyTheme('light')),
      command('dark', t('palette.darkTheme'), Moon, () => applyTheme('dark')),
      ...(agents ?? []).map((agent) => ({
        id: agent.id,
        group: t('palette.agents'),
        label: agent.name,
        icon: Bot,
        run: () => void navigate({ to: '/chat', search: { agent: agent.id } }),
      })),
      ...conversations.map((conversation) => ({
        id: conversation.id,
        group: t('palette.conversations'),
        label: titleOf(conversation),
        icon: MessageSquare,
        run: () => void navigate({ to: '/c/$conversationId', params: { conversationId: conversation.id } }),
      })),
    ]
  }, [navigate, conversations, agents])
}
