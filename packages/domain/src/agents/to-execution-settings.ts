import type { AgentRow, ExecutionRow } from '@kickstartmyai/db'

type Said = Pick<AgentRow, 'system_prompt' | 'temperature' | 'max_tokens' | 'max_iterations' | 'tools'>

/** The agent as it is now: what an execution keeps of it, whatever becomes of the agent. */
export function toExecutionSettings(agent: Said): ExecutionRow['settings'] {
  return {
    systemPrompt: agent.system_prompt,
    temperature: agent.temperature,
    maxTokens: agent.max_tokens,
    maxIterations: agent.max_iterations,
    tools: agent.tools,
  }
}
