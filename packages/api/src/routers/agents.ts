import {
  Agent,
  AgentRef,
  AgentStatus,
  CreateAgentInput,
  PageQuery,
  pageOf,
  UpdateAgentInput,
  Share,
  ShareAgentInput,
  UnshareAgentInput,
} from '@kickstartmyai/contract'
import {
  createAgent,
  deleteAgent,
  getAgent,
  listAgents,
  updateAgent,
  listAgentShares,
  shareAgent,
  unshareAgent,
} from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'Agents'

export const agentsRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:read',
      rest: { method: 'GET', path: '/agents', tag, summary: 'List agents, newest first' },
    })
    .input(PageQuery.extend({ status: AgentStatus.optional() }))
    .output(pageOf(Agent))
    .query(({ ctx, input }) => listAgents(ctx.deps, ctx.actor, input)),

  create: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:write',
      rest: { method: 'POST', path: '/agents', status: 201, tag, summary: 'Create an agent' },
    })
    .input(CreateAgentInput)
    .output(Agent)
    .mutation(({ ctx, input }) => createAgent(ctx.deps, ctx.actor, input)),

  get: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:read',
      rest: { method: 'GET', path: '/agents/{agentId}', tag, summary: 'Get an agent' },
    })
    .input(AgentRef)
    .output(Agent)
    .query(({ ctx, input }) => getAgent(ctx.deps, ctx.actor, input.agentId)),

  update: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:write',
      rest: { method: 'PATCH', path: '/agents/{agentId}', tag, summary: 'Change an agent' },
    })
    .input(UpdateAgentInput)
    .output(Agent)
    .mutation(({ ctx, input }) => updateAgent(ctx.deps, ctx.actor, input)),

  delete: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:write',
      rest: { method: 'DELETE', path: '/agents/{agentId}', status: 204, tag, summary: 'Delete an agent' },
    })
    .input(AgentRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteAgent(ctx.deps, ctx.actor, input.agentId)),

  shares: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:read',
      rest: { method: 'GET', path: '/agents/{agentId}/shares', tag, summary: 'List with whom it is shared' },
    })
    .input(AgentRef)
    .output(z.object({ items: z.array(Share) }))
    .query(({ ctx, input }) => listAgentShares(ctx.deps, ctx.actor, input.agentId)),

  /** `principal`: a person's id, `group:<id>`, or `everyone`. */
  share: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:write',
      rest: {
        method: 'PUT',
        path: '/agents/{agentId}/shares/{principal}',
        tag,
        summary: 'Share it with a person (their id), a group (group:<id>) or everyone',
      },
    })
    .input(ShareAgentInput)
    .output(Share)
    .mutation(({ ctx, input }) => shareAgent(ctx.deps, ctx.actor, input)),

  unshare: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:write',
      rest: {
        method: 'DELETE',
        path: '/agents/{agentId}/shares/{principal}',
        status: 204,
        tag,
        summary: 'Withdraw a share',
      },
    })
    .input(UnshareAgentInput)
    .output(z.void())
    .mutation(({ ctx, input }) => unshareAgent(ctx.deps, ctx.actor, input)),
})
