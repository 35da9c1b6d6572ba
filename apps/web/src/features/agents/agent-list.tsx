import type { Agent, Model } from '@kickstartmyai/contract'
import { Link } from '@tanstack/react-router'
import { MessageSquare, Wrench } from 'lucide-react'
import { formatDay } from '../../i18n/format.ts'
import { t } from '../../i18n/t.ts'
import { Badge } from '../../ui/badge.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { modelLabel } from './model-label.ts'

interface AgentListProps {
  agents: readonly Agent[]
  models: readonly Model[]
}

export const AgentList = ({ agents, models }: AgentListProps) => (
  <ul className="divide-y divide-line border-y border-line">
    {agents.map((agent) => (
      <AgentRow key={agent.id} agent={agent} model={modelLabel(agent, models)} />
    ))}
  </ul>
)

const AgentRow = ({ agent, model }: { agent: Agent; model: string }) => (
  <li className="group relative flex items-center gap-4 py-4">
    <div className="min-w-0 flex-1">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 text-base font-semibold">
          {/* The whole row opens the agent; the button above it starts a chat. */}
          <Link
            to="/agents/$agentId"
            params={{ agentId: agent.id }}
            className="block truncate rounded-sm underline-offset-4 group-hover:underline after:absolute after:inset-0"
          >
            {agent.name}
          </Link>
        </h2>
        {agent.status !== 'active' && <Badge>{t(`agents.status.${agent.status}`)}</Badge>}
      </div>
      <p className="mt-0.5 line-clamp-2 text-sm text-muted">{agent.description || t('agents.noDescription')}</p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-subtle">
        <span>{model}</span>
        <span className="inline-flex items-center gap-1">
          <Wrench className="size-3" aria-hidden />
          {agent.tools.length > 0 ? t('agents.tools', { count: agent.tools.length }) : t('agents.noTools')}
        </span>
        <time dateTime={agent.updatedAt}>{t('agents.updated', { date: formatDay(agent.updatedAt) })}</time>
      </p>
    </div>
    {agent.status === 'active' && (
      <Link
        to="/chat"
        search={{ agent: agent.id }}
        className={buttonClass('secondary', 'relative z-10')}
        aria-label={t('agents.chatWith', { name: agent.name })}
      >
        <MessageSquare className="size-4" aria-hidden />
        {t('agents.chat')}
      </Link>
    )}
  </li>
)
