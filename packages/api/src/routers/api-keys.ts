import { ApiKey, ApiKeyRef, CreateApiKeyInput, CreatedApiKey } from '@kickstartmyai/contract'
import { createApiKey, deleteApiKey, listApiKeys } from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'API keys'

/** No key gets here: one that leaks must not make itself a successor. */
export const apiKeysRouter = router({
  list: userProcedure
    .meta({ access: 'user', rest: { method: 'GET', path: '/api-keys', tag, summary: 'List your API keys' } })
    .output(z.object({ items: z.array(ApiKey) }))
    .query(({ ctx }) => listApiKeys(ctx.deps, ctx.actor)),

  create: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'POST',
        path: '/api-keys',
        status: 201,
        tag,
        summary: 'Make an API key, which is shown this once',
      },
    })
    .input(CreateApiKeyInput)
    .output(CreatedApiKey)
    .mutation(({ ctx, input }) => createApiKey(ctx.deps, ctx.actor, input)),

  delete: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'DELETE', path: '/api-keys/{apiKeyId}', status: 204, tag, summary: 'Take an API key away' },
    })
    .input(ApiKeyRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteApiKey(ctx.deps, ctx.actor, input.apiKeyId)),
})
