import { Message, MessageId } from '@kickstartmyai/contract'
import { getMessage } from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'Messages'

export const messagesRouter = router({
  get: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:read',
      rest: { method: 'GET', path: '/messages/{messageId}', tag, summary: 'Get a message' },
    })
    .input(z.strictObject({ messageId: MessageId }))
    .output(Message)
    .query(({ ctx, input }) => getMessage(ctx.deps, ctx.actor, input.messageId)),
})
