import { AuthSession, LoginInput, LogoutInput, RefreshInput, RegisterInput, User } from '@kickstartmyai/contract'
import { getMe, logIn, logOut, refreshSession, register } from '@kickstartmyai/domain'
import { z } from 'zod'
import { publicProcedure, router, userProcedure } from '../trpc.ts'

const tag = 'Accounts'

export const authRouter = router({
  register: publicProcedure
    .meta({
      access: 'public',
      rest: { method: 'POST', path: '/auth/register', status: 201, tag, summary: 'Make an account and sign in' },
    })
    .input(RegisterInput)
    .output(AuthSession)
    .mutation(async ({ ctx, input }) => {
      const session = await register(ctx.deps, input, ctx.origin)
      ctx.setRefreshCookie(session.refreshToken ?? null)
      return session
    }),

  login: publicProcedure
    .meta({ access: 'public', rest: { method: 'POST', path: '/auth/login', tag, summary: 'Sign in' } })
    .input(LoginInput)
    .output(AuthSession)
    .mutation(async ({ ctx, input }) => {
      const session = await logIn(ctx.deps, input, ctx.origin)
      ctx.setRefreshCookie(session.refreshToken ?? null)
      return session
    }),

  refresh: publicProcedure
    .meta({
      access: 'public',
      rest: {
        method: 'POST',
        path: '/auth/refresh',
        tag,
        summary: 'Trade a refresh token (or the cookie) for new tokens',
      },
    })
    .input(RefreshInput)
    .output(AuthSession)
    .mutation(async ({ ctx, input }) => {
      const session = await refreshSession(ctx.deps, input.refreshToken ?? ctx.refreshCookie)
      ctx.setRefreshCookie(session.refreshToken ?? null)
      return input.refreshToken === undefined ? { ...session, refreshToken: undefined } : session
    }),

  logout: publicProcedure
    .meta({ access: 'public', rest: { method: 'POST', path: '/auth/logout', status: 204, tag, summary: 'Sign out' } })
    .input(LogoutInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const actor = await ctx.authenticate().catch(() => null)
      await logOut(ctx.deps, actor, input.refreshToken ?? ctx.refreshCookie)
      ctx.setRefreshCookie(null)
    }),

  me: userProcedure
    .meta({
      access: 'user',
      scope: 'account:read',
      rest: { method: 'GET', path: '/auth/me', tag, summary: 'Who is signed in' },
    })
    .output(User)
    .query(({ ctx }) => getMe(ctx.deps, ctx.actor)),
})
