import {
  AccountPolicy,
  AuthSession,
  ChangePasswordInput,
  ConfirmPasswordResetInput,
  EmailRef,
  LoginInput,
  LogoutInput,
  RefreshInput,
  RegisterInput,
  SetupInput,
  User,
  VerifyEmailInput,
} from '@kickstartmyai/contract'
import {
  changePassword,
  confirmPasswordReset,
  getAccountPolicy,
  getMe,
  logIn,
  logOut,
  logOutEverywhere,
  refreshSession,
  register,
  requestEmailVerification,
  requestPasswordReset,
  setUp,
  verifyEmail,
} from '@kickstartmyai/domain'
import { z } from 'zod'
import { publicProcedure, router, userProcedure } from '../trpc.ts'
import { sessionsRouter } from './sessions.ts'
import { totpRouter } from './totp.ts'

const tag = 'Accounts'

export const authRouter = router({
  policy: publicProcedure
    .meta({
      access: 'public',
      rest: { method: 'GET', path: '/auth/policy', tag, summary: 'Who may register, and whether set-up is due' },
    })
    .output(AccountPolicy)
    .query(({ ctx }) => getAccountPolicy(ctx.deps)),

  setup: publicProcedure
    .meta({
      access: 'public',
      rest: {
        method: 'POST',
        path: '/auth/setup',
        status: 201,
        tag,
        summary: 'Make the first administrator, with the token that the server prints',
      },
    })
    .input(SetupInput)
    .output(AuthSession)
    .mutation(async ({ ctx, input }) => {
      const session = await setUp(ctx.deps, input, ctx.origin)
      ctx.setRefreshCookie(session.refreshToken ?? null)
      return session
    }),

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
      ctx.rememberDevice(session.user.id)
      return session
    }),

  login: publicProcedure
    .meta({ access: 'public', rest: { method: 'POST', path: '/auth/login', tag, summary: 'Sign in' } })
    .input(LoginInput)
    .output(AuthSession)
    .mutation(async ({ ctx, input }) => {
      const session = await logIn(ctx.deps, input, ctx.origin)
      ctx.setRefreshCookie(session.refreshToken ?? null)
      ctx.rememberDevice(session.user.id)
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
      await logOut(ctx.deps, actor, input.refreshToken ?? ctx.refreshCookie, ctx.origin)
      ctx.setRefreshCookie(null)
    }),

  logoutEverywhere: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'POST',
        path: '/auth/logout-everywhere',
        status: 204,
        tag,
        summary: 'End all sessions, this too',
      },
    })
    .output(z.void())
    .mutation(async ({ ctx }) => {
      await logOutEverywhere(ctx.deps, ctx.actor)
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

  changePassword: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'POST',
        path: '/auth/password/change',
        status: 204,
        tag,
        summary: 'Change the password; all other sessions end',
      },
    })
    .input(ChangePasswordInput)
    .output(z.void())
    .mutation(({ ctx, input }) => changePassword(ctx.deps, ctx.actor, input)),

  requestPasswordReset: publicProcedure
    .meta({
      access: 'public',
      rest: {
        method: 'POST',
        path: '/auth/password-reset/request',
        status: 202,
        tag,
        summary: 'Have a link to choose a new password mailed, if there is such an account',
      },
    })
    .input(EmailRef)
    .output(z.void())
    .mutation(({ ctx, input }) => requestPasswordReset(ctx.deps, input, ctx.origin)),

  confirmPasswordReset: publicProcedure
    .meta({
      access: 'public',
      rest: {
        method: 'POST',
        path: '/auth/password-reset/confirm',
        status: 204,
        tag,
        summary: 'Choose a new password with a token that was mailed; all sessions end',
      },
    })
    .input(ConfirmPasswordResetInput)
    .output(z.void())
    .mutation(({ ctx, input }) => confirmPasswordReset(ctx.deps, input, ctx.origin)),

  verifyEmail: publicProcedure
    .meta({
      access: 'public',
      rest: {
        method: 'POST',
        path: '/auth/email/verify',
        status: 204,
        tag,
        summary: 'Verify an e-mail address with a token that was mailed to it',
      },
    })
    .input(VerifyEmailInput)
    .output(z.void())
    .mutation(({ ctx, input }) => verifyEmail(ctx.deps, input, ctx.origin)),

  requestEmailVerification: publicProcedure
    .meta({
      access: 'public',
      rest: {
        method: 'POST',
        path: '/auth/email/verify/request',
        status: 202,
        tag,
        summary: 'Have the link that verifies an address mailed once more, if there is such an account',
      },
    })
    .input(EmailRef)
    .output(z.void())
    .mutation(({ ctx, input }) => requestEmailVerification(ctx.deps, input, ctx.origin)),

  sessions: sessionsRouter,
  totp: totpRouter,
})
