import {
  Account,
  CreateUserInput,
  DeleteMeInput,
  pageOf,
  UpdateMeInput,
  UpdateUserInput,
  UserQuery,
  UserRef,
} from '@kickstartmyai/contract'
import {
  activateUser,
  createUser,
  deactivateUser,
  deleteMe,
  deleteUser,
  getAccount,
  getUser,
  listUsers,
  updateMe,
  updateUser,
} from '@kickstartmyai/domain'
import { z } from 'zod'
import { adminProcedure, router, userProcedure } from '../trpc.ts'

const tag = 'Users'

export const usersRouter = router({
  me: userProcedure
    .meta({ access: 'user', rest: { method: 'GET', path: '/users/me', tag, summary: 'One’s own account' } })
    .output(Account)
    .query(({ ctx }) => getAccount(ctx.deps, ctx.actor)),

  updateMe: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'PATCH',
        path: '/users/me',
        tag,
        summary: 'Change one’s name, or ask for another address (with the password; it is verified first)',
      },
    })
    .input(UpdateMeInput)
    .output(Account)
    .mutation(({ ctx, input }) => updateMe(ctx.deps, ctx.actor, input)),

  deleteMe: userProcedure
    .meta({
      access: 'user',
      rest: {
        method: 'DELETE',
        path: '/users/me',
        inBody: true,
        status: 204,
        tag,
        summary: 'Delete one’s account and everything in it, with the password',
      },
    })
    .input(DeleteMeInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await deleteMe(ctx.deps, ctx.actor, input)
      ctx.setRefreshCookie(null)
    }),

  list: adminProcedure
    .meta({ access: 'admin', rest: { method: 'GET', path: '/users', tag, summary: 'List users, newest first' } })
    .input(UserQuery)
    .output(pageOf(Account))
    .query(({ ctx, input }) => listUsers(ctx.deps, input)),

  create: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'POST',
        path: '/users',
        status: 201,
        tag,
        summary: 'Make an account for somebody, who is mailed a link to choose a password',
      },
    })
    .input(CreateUserInput)
    .output(Account)
    .mutation(({ ctx, input }) => createUser(ctx.deps, ctx.actor, input)),

  get: adminProcedure
    .meta({ access: 'admin', rest: { method: 'GET', path: '/users/{userId}', tag, summary: 'Get a user' } })
    .input(UserRef)
    .output(Account)
    .query(({ ctx, input }) => getUser(ctx.deps, input.userId)),

  update: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'PATCH',
        path: '/users/{userId}',
        tag,
        summary: 'Change a user’s name or role, or take their second factor away',
      },
    })
    .input(UpdateUserInput)
    .output(Account)
    .mutation(({ ctx, input }) => updateUser(ctx.deps, ctx.actor, input)),

  delete: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'DELETE',
        path: '/users/{userId}',
        status: 204,
        tag,
        summary: 'Delete a user and everything of theirs',
      },
    })
    .input(UserRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteUser(ctx.deps, ctx.actor, input.userId)),

  activate: adminProcedure
    .meta({
      access: 'admin',
      rest: { method: 'POST', path: '/users/{userId}/activate', tag, summary: 'Let a suspended user sign in again' },
    })
    .input(UserRef)
    .output(Account)
    .mutation(({ ctx, input }) => activateUser(ctx.deps, ctx.actor, input.userId)),

  deactivate: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'POST',
        path: '/users/{userId}/deactivate',
        tag,
        summary: 'Suspend a user: sign them out and stop what they have under way',
      },
    })
    .input(UserRef)
    .output(Account)
    .mutation(({ ctx, input }) => deactivateUser(ctx.deps, ctx.actor, input.userId)),
})
