import { defineTool, type ToolDefinition } from '@kickstartmyai/ai'
import { type AgentId, CreateAgentInput, type ExecutionEvent, type ToolPolicy } from '@kickstartmyai/contract'
import { z } from 'zod'
import type { Actor } from '../actor.ts'
import { createAgent } from '../agents/create-agent.ts'
import type { Deps } from '../deps.ts'

/** A tool with an effect that keeps what it was run with. */
export function effectTool(name = 'send'): { tool: ToolDefinition; ran: unknown[] } {
  const ran: unknown[] = []
  const tool = defineTool({
    name,
    title: name,
    description: 'Does something that cannot be undone',
    effect: 'external',
    input: z.object({ to: z.string() }),
    timeoutMs: 60_000,
    run: (input) => ({ done: ran.push(input) }),
  })
  return { tool, ran }
}

/** An agent with these tools. */
export async function agentWith(deps: Deps, actor: Actor, policies: Record<string, ToolPolicy>): Promise<AgentId> {
  const tools = Object.entries(policies).map(([name, policy]) => ({ name, policy }))
  return (await createAgent(deps, actor, CreateAgentInput.parse({ name: 'Careful', tools }))).id
}

/** The questions to the person among the events, by call. */
export const questionsIn = (events: readonly ExecutionEvent[]) =>
  Object.fromEntries(
    events.flatMap((event) => (event.type === 'approval.requested' ? [[event.callId, event.stepId] as const] : [])),
  )
