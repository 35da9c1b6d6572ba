import { BeginTotpInput, ConfirmTotpInput, ProveInput, RecoveryCodes, TotpSecret } from '@kickstartmyai/contract'
import { beginTotp, confirmTotp, disableTotp, replaceRecoveryCodes } from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'Accounts'

export const totpRouter = router({
  begin: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'POST', path: '/auth/totp/begin', tag, summary: 'Get a secret for an authenticator app' },
    })
    .input(BeginTotpInput)
    .output(TotpSecret)
    .mutation(({ ctx, input }) => beginTotp(ctx.deps, ctx.actor, input)),

  confirm: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'POST',
        path: '/auth/totp/confirm',
        tag,
        summary: 'Put the second factor in force with a code of it, and get recovery codes',
      },
    })
    .input(ConfirmTotpInput)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => confirmTotp(ctx.deps, ctx.actor, input)),

  disable: userProcedure
    .meta({
      access: 'user',
      rest: { method: 'POST', path: '/auth/totp/disable', status: 204, tag, summary: 'Take the second factor away' },
    })
    .input(ProveInput)
    .output(z.void())
    .mutation(({ ctx, input }) => disableTotp(ctx.deps, ctx.actor, input)),

  recoveryCodes: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'POST',
        path: '/auth/totp/recovery-codes',
        tag,
        summary: 'Get new recovery codes; those before are void',
      },
    })
    .input(ProveInput)
    .output(RecoveryCodes)
    .mutation(({ ctx, input }) => replaceRecoveryCodes(ctx.deps, ctx.actor, input)),
})
