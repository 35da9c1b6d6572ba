import type { Agent, AgentId } from '@kickstartmyai/contract'
import { ChevronDown } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'

interface AgentPickerProps {
  agents: readonly Agent[]
  /** Null: the agent of the conversation was deleted. */
  value: AgentId | null
  name: string
  /** Whether the agent is answered by the demo model. */
  demo: boolean
  onChange: (agentId: AgentId) => void
}

/** Which agent answers. */
export function AgentPicker({ agents, value, name, demo, onChange }: AgentPickerProps) {
  return (
    <>
      <Menu
        side="top"
        align="start"
        className="max-w-[min(24rem,calc(100vw-2rem))]"
        trigger={
          <button
            type="button"
            className={buttonClass('ghost', 'h-8 min-w-0 gap-1 px-2 shrink')}
            aria-label={`${t('chat.agent')}: ${name}`}
          >
            <span className="truncate">{name}</span>
            <ChevronDown className="size-3.5 shrink-0" aria-hidden />
          </button>
        }
        entries={[
          {
            kind: 'choice',
            label: t('chat.agent'),
            value: value ?? '',
            onChange: (next) => onChange(next as AgentId),
            options: agents.map((agent) => ({ value: agent.id, label: <AgentLine agent={agent} /> })),
          },
        ]}
      />
      {demo && (
        <Badge tone="warn" className="ml-1">
          {t('chat.demo')}
        </Badge>
      )}
    </>
  )
}

const AgentLine = ({ agent }: { agent: Agent }) => (
  <span className="flex flex-col py-1.5">
    <span className="truncate">{agent.name}</span>
    {agent.description && <span className="line-clamp-2 text-xs text-muted">{agent.description}</span>}
  </span>
)
