import { limits } from '@kickstartmyai/contract'
import { checkRole, checkScope, DomainError } from '@kickstartmyai/domain'
import { initTRPC, TRPCError } from '@trpc/server'
import type { Context } from './context.ts'
import { errorMap } from './error-map.ts'
import { toRefusal } from './format-error.ts'
import { holdsNul } from './holds-nul.ts'
import { isDeeperThan } from './is-deeper-than.ts'
import type { Meta } from './meta.ts'

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    errorFormatter: ({ shape, error, ctx, path }) => {
      const refusal = toRefusal(error, ctx?.requestId ?? 'unknown')
      const { code } = shape.data
      const data = { code, httpStatus: refusal.status, ...(path && { path }), error: refusal.error }
      return { code: shape.code, message: refusal.error.message, data }
    },
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 } },
  })

export const router = t.router

const base = t.procedure
  // A refusal by the domain is an answer with its own status, not an internal error.
  .use(async ({ next }) => {
    const result = await next()
    const cause = result.ok ? undefined : result.error.cause
    if (cause instanceof DomainError) {
      throw new TRPCError({ code: errorMap[cause.code].trpc, message: cause.message, cause })
    }
    return result
  })
  // Refused at the door: nesting that exhausts the stack of whoever walks through it, and NUL, which PostgreSQL cannot
  // keep in text.
  .use(async ({ getRawInput, next }) => {
    const input = await getRawInput()
    if (isDeeperThan(input, limits.jsonDepth)) {
      throw new DomainError('VALIDATION_FAILED', 'The JSON is nested too deep.')
    }
    if (holdsNul(input)) {
      throw new DomainError('VALIDATION_FAILED', 'Text must not hold the character U+0000.')
    }
    return next()
  })

/** What anyone may call. */
export const publicProcedure = base.meta({ access: 'public' })

/** What only a signed-in person may call, or an API key of theirs with the declared scope; `ctx.actor` is that person. */
export const userProcedure = base.meta({ access: 'user' }).use(async ({ ctx, meta, next }) => {
  const actor = await ctx.authenticate()
  checkScope(actor, meta?.scope ?? null)
  return next({ ctx: { actor } })
})

/** What only administrators may call. */
export const adminProcedure = userProcedure.meta({ access: 'admin' }).use(({ ctx, next }) => {
  checkRole(ctx.actor, 'admin')
  return next()
})
