import { z } from 'zod'
import { AgentId } from './ids.ts'
import { limits } from './limits.ts'
import { ProviderName } from './model.ts'
import { Access, Owner } from './share.ts'
import { Timestamp } from './time.ts'
import { ToolGrant, ToolGrantInput } from './tool.ts'

export const AgentStatus = z.enum(['active', 'inactive', 'archived'])
export type AgentStatus = z.infer<typeof AgentStatus>

/** What becomes of a message that is sent while the conversation is being answered: it waits its turn, or is refused. */
export const WhenBusy = z.enum(['queue', 'refuse'])
export type WhenBusy = z.infer<typeof WhenBusy>

export const Agent = z.object({
  id: AgentId,
  name: z.string(),
  description: z.string(),
  /** Null for who may use the agent, but not change it. */
  systemPrompt: z.string().nullable(),
  /** Null: whichever provider the server is configured for. */
  provider: ProviderName.nullable(),
  /** Null: the provider's default model. */
  model: z.string().nullable(),
  temperature: z.number().nullable(),
  maxTokens: z.number().int().nullable(),
  maxIterations: z.number().int(),
  tools: z.array(ToolGrant),
  whenBusy: WhenBusy,
  status: AgentStatus,
  /** What the caller is to it. */
  access: Access,
  owner: Owner,
  createdAt: Timestamp,
  updatedAt: Timestamp,
})
export type Agent = z.infer<typeof Agent>

const fields = {
  name: z.string().trim().min(1).max(limits.agentNameLength),
  description: z.string().trim().max(limits.agentDescriptionLength),
  systemPrompt: z.string().max(limits.systemPromptLength),
  provider: ProviderName.nullable(),
  model: z.string().trim().min(1).max(200).nullable(),
  temperature: z.number().min(0).max(2).nullable(),
  maxTokens: z.number().int().min(1).max(limits.maxTokens).nullable(),
  maxIterations: z.number().int().min(1).max(limits.maxIterations),
  tools: z.array(ToolGrantInput).max(limits.toolsPerAgent),
  whenBusy: WhenBusy,
  status: AgentStatus,
}

export const CreateAgentInput = z.strictObject({
  name: fields.name,
  description: fields.description.default(''),
  systemPrompt: fields.systemPrompt.default(''),
  provider: fields.provider.default(null),
  model: fields.model.default(null),
  temperature: fields.temperature.default(null),
  maxTokens: fields.maxTokens.default(null),
  maxIterations: fields.maxIterations.default(10),
  tools: fields.tools.default([]),
  whenBusy: fields.whenBusy.default('queue'),
  status: fields.status.default('active'),
})
export type CreateAgentInput = z.infer<typeof CreateAgentInput>

/** What is left out stays as it is. */
export const UpdateAgentInput = z.strictObject({ agentId: AgentId, ...z.object(fields).partial().shape })
export type UpdateAgentInput = z.infer<typeof UpdateAgentInput>

export const AgentRef = z.strictObject({ agentId: AgentId })
