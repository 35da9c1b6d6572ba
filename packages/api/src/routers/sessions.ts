import { Session, SessionRef } from '@kickstartmyai/contract'
import { endOtherSessions, endSession, listSessions } from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'Accounts'

export const sessionsRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'GET', path: '/auth/sessions', tag, summary: 'List where one is signed in' },
    })
    .output(z.object({ items: z.array(Session) }))
    .query(({ ctx }) => listSessions(ctx.deps, ctx.actor)),

  revoke: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'DELETE', path: '/auth/sessions/{sessionId}', status: 204, tag, summary: 'End a session' },
    })
    .input(SessionRef)
    .output(z.void())
    .mutation(({ ctx, input }) => endSession(ctx.deps, ctx.actor, input.sessionId)),

  revokeOthers: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'DELETE', path: '/auth/sessions', status: 204, tag, summary: 'End all sessions but this one' },
    })
    .output(z.void())
    .mutation(({ ctx }) => endOtherSessions(ctx.deps, ctx.actor)),
})
