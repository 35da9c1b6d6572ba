import { ProviderKey, ProviderKeyRef, SetProviderKeyInput } from '@kickstartmyai/contract'
import { deleteProviderKey, listProviderKeys, setProviderKey } from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'Provider keys'

export const providerKeysRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'GET', path: '/provider-keys', tag, summary: 'List the keys of your own, without the keys' },
    })
    .output(z.object({ items: z.array(ProviderKey) }))
    .query(({ ctx }) => listProviderKeys(ctx.deps, ctx.actor)),

  set: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'PUT',
        path: '/provider-keys/{provider}',
        tag,
        summary: 'Store a key of your own, with which you are answered from the next step on',
      },
    })
    .input(SetProviderKeyInput)
    .output(ProviderKey)
    .mutation(({ ctx, input }) => setProviderKey(ctx.deps, ctx.actor, input)),

  delete: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'DELETE',
        path: '/provider-keys/{provider}',
        status: 204,
        tag,
        summary: 'Delete a key of your own',
      },
    })
    .input(ProviderKeyRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteProviderKey(ctx.deps, ctx.actor, input.provider)),
})
