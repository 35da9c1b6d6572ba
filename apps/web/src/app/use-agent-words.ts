import type { AgentId } from '@kickstartmyai/contract'
import { useMemo } from 'react'
import { resolveProvider } from '../features/agents/model-label.ts'
import { useAgents } from '../features/agents/use-agents.ts'
import { useModels, useTools } from '../features/agents/use-catalogue.ts'
import { t } from '../i18n/t.ts'

interface AgentWords {
  /** What an agent is called; archived ones too. */
  agentName: (agentId: string | null) => string
  /** What a tool is called; its technical name where the server no longer offers it. */
  toolTitle: (name: string) => string
  /** Whether an agent would be answered by the demo model now. */
  isDemo: (agentId: AgentId | null) => boolean
}

/** Ids of agents and names of tools in plain words, for pages that show what agents did. */
export function useAgentWords(): AgentWords {
  const { agents, isPending } = useAgents(undefined)
  const models = useModels()
  const tools = useTools()
  return useMemo(() => {
    const byId = new Map(agents.map((agent) => [agent.id as string, agent]))
    const titles = new Map(tools.map((tool) => [tool.name, tool.title]))
    return {
      agentName: (agentId) => byId.get(agentId ?? '')?.name ?? (isPending ? t('chat.agent') : t('chat.agentDeleted')),
      toolTitle: (name) => titles.get(name) ?? name,
      isDemo: (agentId) => {
        const agent = byId.get(agentId ?? '')
        return agent !== undefined && resolveProvider(agent, models) === 'demo'
      },
    }
  }, [agents, isPending, models, tools])
}
