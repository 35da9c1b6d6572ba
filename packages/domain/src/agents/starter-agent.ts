import type { AgentId, ToolGrant, UserId } from '@kickstartmyai/contract'
import { insertAgent, type Transaction } from '@kickstartmyai/db'
import type { Deps } from '../deps.ts'

/** Gives a new account an agent that can really do something: every tool that only reads is granted to it. */
export async function insertStarterAgent(
  { newId, tools }: Pick<Deps, 'newId' | 'tools'>,
  tx: Transaction,
  ownerId: UserId,
): Promise<void> {
  const grants = tools
    .list()
    .filter((tool) => tool.effect === 'read')
    .map((tool): ToolGrant => ({ name: tool.name, policy: 'allow' }))
  await insertAgent(tx, {
    id: newId() as AgentId,
    owner_id: ownerId,
    name: 'Assistant',
    description: 'A general assistant that calculates and tells the time with its tools.',
    system_prompt:
      'You are a helpful, precise assistant. Answer in Markdown. ' +
      'Use a tool whenever it gives a surer answer than your memory.',
    provider: null,
    model: null,
    temperature: null,
    max_tokens: null,
    max_iterations: 10,
    tools: JSON.stringify(grants),
    status: 'active',
  })
}
