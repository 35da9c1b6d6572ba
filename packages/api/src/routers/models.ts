import { Model } from '@kickstartmyai/contract'
import { listModels } from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

export const modelsRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      scope: 'agents:read',
      rest: { method: 'GET', path: '/models', tag: 'Models', summary: 'List the models' },
    })
    .output(z.object({ items: z.array(Model) }))
    .query(({ ctx }) => listModels(ctx.deps, ctx.actor)),
})
