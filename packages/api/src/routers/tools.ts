import { Tool, ToolName } from '@kickstartmyai/contract'
import { getTool, listTools } from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'Tools'

export const toolsRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:read',
      rest: { method: 'GET', path: '/tools', tag, summary: 'List the tools agents can be granted' },
    })
    .output(z.object({ items: z.array(Tool) }))
    .query(({ ctx }) => listTools(ctx.deps)),

  get: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:read',
      rest: { method: 'GET', path: '/tools/{name}', tag, summary: 'Get a tool' },
    })
    .input(z.strictObject({ name: ToolName }))
    .output(Tool)
    .query(({ ctx, input }) => getTool(ctx.deps, input.name)),
})
