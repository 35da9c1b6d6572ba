import { AuditEntry, ListAuditInput, PageQuery, pageOf } from '@kickstartmyai/contract'
import { listAuditEntries, listMyAuditEntries } from '@kickstartmyai/domain'
import { adminProcedure, router, userProcedure } from '../trpc.ts'

const tag = 'Audit'

export const auditRouter = router({
  list: adminProcedure
    .meta({
      access: 'admin',
      rest: { method: 'GET', path: '/audit', tag, summary: 'Who did what to which object, from where; newest first' },
    })
    .input(ListAuditInput)
    .output(pageOf(AuditEntry))
    .query(({ ctx, input }) => listAuditEntries(ctx.deps, ctx.actor, input)),

  mine: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'GET', path: '/audit/mine', tag, summary: 'What you did, and what was done to your account' },
    })
    .input(PageQuery)
    .output(pageOf(AuditEntry))
    .query(({ ctx, input }) => listMyAuditEntries(ctx.deps, ctx.actor, input)),
})
