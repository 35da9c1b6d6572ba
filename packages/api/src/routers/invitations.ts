import { CreateInvitationInput, Invitation, InvitationRef, PageQuery, pageOf } from '@kickstartmyai/contract'
import { createInvitation, listInvitations, revokeInvitation } from '@kickstartmyai/domain'
import { z } from 'zod'
import { adminProcedure, router } from '../trpc.ts'

const tag = 'Users'

export const invitationsRouter = router({
  list: adminProcedure
    .meta({
      access: 'admin',
      rest: { method: 'GET', path: '/invitations', tag, summary: 'List invitations that nobody has taken' },
    })
    .input(PageQuery)
    .output(pageOf(Invitation))
    .query(({ ctx, input }) => listInvitations(ctx.deps, input)),

  create: adminProcedure
    .meta({
      access: 'admin',
      rest: { method: 'POST', path: '/invitations', status: 201, tag, summary: 'Invite somebody by mail' },
    })
    .input(CreateInvitationInput)
    .output(Invitation)
    .mutation(({ ctx, input }) => createInvitation(ctx.deps, ctx.actor, input)),

  revoke: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'DELETE',
        path: '/invitations/{invitationId}',
        status: 204,
        tag,
        summary: 'Take an invitation back',
      },
    })
    .input(InvitationRef)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeInvitation(ctx.deps, ctx.actor, input.invitationId)),
})
