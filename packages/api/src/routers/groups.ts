import {
  CreateGroupInput,
  Group,
  GroupMember,
  GroupMemberRef,
  GroupRef,
  ListMembersInput,
  PageQuery,
  pageOf,
  UpdateGroupInput,
} from '@kickstartmyai/contract'
import {
  addMember,
  createGroup,
  deleteGroup,
  getGroup,
  listGroups,
  listMembers,
  removeMember,
  updateGroup,
} from '@kickstartmyai/domain'
import { z } from 'zod'
import { adminProcedure, router, userProcedure } from '../trpc.ts'

const tag = 'Groups'

export const groupsRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      scope: 'account:read',
      rest: { method: 'GET', path: '/groups', tag, summary: 'List your groups; for an administrator, all' },
    })
    .input(PageQuery)
    .output(pageOf(Group))
    .query(({ ctx, input }) => listGroups(ctx.deps, ctx.actor, input)),

  create: adminProcedure
    .meta({
      access: 'admin',
      rest: { method: 'POST', path: '/groups', status: 201, tag, summary: 'Make a group' },
    })
    .input(CreateGroupInput)
    .output(Group)
    .mutation(({ ctx, input }) => createGroup(ctx.deps, ctx.actor, input)),

  get: adminProcedure
    .meta({ access: 'admin', rest: { method: 'GET', path: '/groups/{groupId}', tag, summary: 'Get a group' } })
    .input(GroupRef)
    .output(Group)
    .query(({ ctx, input }) => getGroup(ctx.deps, ctx.actor, input.groupId)),

  update: adminProcedure
    .meta({ access: 'admin', rest: { method: 'PATCH', path: '/groups/{groupId}', tag, summary: 'Rename a group' } })
    .input(UpdateGroupInput)
    .output(Group)
    .mutation(({ ctx, input }) => updateGroup(ctx.deps, ctx.actor, input)),

  delete: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'DELETE',
        path: '/groups/{groupId}',
        status: 204,
        tag,
        summary: 'Delete a group and what was granted to it',
      },
    })
    .input(GroupRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteGroup(ctx.deps, ctx.actor, input.groupId)),

  members: adminProcedure
    .meta({
      access: 'admin',
      rest: { method: 'GET', path: '/groups/{groupId}/members', tag, summary: "List a group's members" },
    })
    .input(ListMembersInput)
    .output(pageOf(GroupMember))
    .query(({ ctx, input }) => listMembers(ctx.deps, ctx.actor, input)),

  addMember: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'PUT',
        path: '/groups/{groupId}/members/{userId}',
        status: 204,
        tag,
        summary: 'Make a person a member of a group',
      },
    })
    .input(GroupMemberRef)
    .output(z.void())
    .mutation(({ ctx, input }) => addMember(ctx.deps, ctx.actor, input)),

  removeMember: adminProcedure
    .meta({
      access: 'admin',
      rest: {
        method: 'DELETE',
        path: '/groups/{groupId}/members/{userId}',
        status: 204,
        tag,
        summary: 'Take a person out of a group',
      },
    })
    .input(GroupMemberRef)
    .output(z.void())
    .mutation(({ ctx, input }) => removeMember(ctx.deps, ctx.actor, input)),
})
