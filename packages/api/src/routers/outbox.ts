import { OutboxMail, PageQuery, pageOf } from '@kickstartmyai/contract'
import { listOutbox } from '@kickstartmyai/domain'
import { adminProcedure, router } from '../trpc.ts'

export const outboxRouter = router({
  list: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'GET',
        path: '/outbox',
        tag: 'Users',
        summary: 'List the mails that were kept because there is no SMTP server, newest first',
      },
    })
    .input(PageQuery)
    .output(pageOf(OutboxMail))
    .query(({ ctx, input }) => listOutbox(ctx.deps, input)),
})
