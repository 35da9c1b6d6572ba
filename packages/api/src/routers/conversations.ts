import {
  Conversation,
  ConversationRef,
  CreateConversationInput,
  ListMessagesInput,
  Message,
  PageQuery,
  pageOf,
  SendMessageInput,
  SendResult,
  UpdateConversationInput,
  Share,
  ShareConversationInput,
  UnshareConversationInput,
} from '@kickstartmyai/contract'
import {
  createConversation,
  deleteConversation,
  getConversation,
  listConversations,
  listMessages,
  sendMessage,
  updateConversation,
  listConversationShares,
  shareConversation,
  unshareConversation,
} from '@kickstartmyai/domain'
import { z } from 'zod'
import { router, userProcedure } from '../trpc.ts'

const tag = 'Conversations'

export const conversationsRouter = router({
  list: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:read',
      rest: { method: 'GET', path: '/conversations', tag, summary: 'List conversations, the latest spoken in first' },
    })
    .input(PageQuery)
    .output(pageOf(Conversation))
    .query(({ ctx, input }) => listConversations(ctx.deps, ctx.actor, input)),

  create: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:write',
      rest: { method: 'POST', path: '/conversations', status: 201, tag, summary: 'Begin a conversation' },
    })
    .input(CreateConversationInput)
    .output(Conversation)
    .mutation(({ ctx, input }) => createConversation(ctx.deps, ctx.actor, input)),

  get: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:read',
      rest: { method: 'GET', path: '/conversations/{conversationId}', tag, summary: 'Get a conversation' },
    })
    .input(ConversationRef)
    .output(Conversation)
    .query(({ ctx, input }) => getConversation(ctx.deps, ctx.actor, input.conversationId)),

  update: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:write',
      rest: {
        method: 'PATCH',
        path: '/conversations/{conversationId}',
        tag,
        summary: 'Rename a conversation or give it to another agent',
      },
    })
    .input(UpdateConversationInput)
    .output(Conversation)
    .mutation(({ ctx, input }) => updateConversation(ctx.deps, ctx.actor, input)),

  delete: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:write',
      rest: {
        method: 'DELETE',
        path: '/conversations/{conversationId}',
        status: 204,
        tag,
        summary: 'Delete a conversation and its messages',
      },
    })
    .input(ConversationRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteConversation(ctx.deps, ctx.actor, input.conversationId)),

  messages: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:read',
      rest: {
        method: 'GET',
        path: '/conversations/{conversationId}/messages',
        tag,
        summary: "List a conversation's messages, oldest first",
      },
    })
    .input(ListMessagesInput)
    .output(pageOf(Message))
    .query(({ ctx, input }) => listMessages(ctx.deps, ctx.actor, input)),

  send: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:write',
      rest: {
        method: 'POST',
        path: '/conversations/{conversationId}/messages',
        status: 202,
        tag,
        summary: 'Say something; the answer is an execution to follow',
      },
    })
    .input(SendMessageInput)
    .output(SendResult)
    .mutation(({ ctx, input }) => sendMessage(ctx.deps, ctx.actor, input)),

  shares: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:read',
      rest: {
        method: 'GET',
        path: '/conversations/{conversationId}/shares',
        tag,
        summary: 'List with whom it is shared',
      },
    })
    .input(ConversationRef)
    .output(z.object({ items: z.array(Share) }))
    .query(({ ctx, input }) => listConversationShares(ctx.deps, ctx.actor, input.conversationId)),

  /** `principal`: a person's id, `group:<id>`, or `everyone`. */
  share: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:write',
      rest: {
        method: 'PUT',
        path: '/conversations/{conversationId}/shares/{principal}',
        tag,
        summary: 'Share it with a person (their id), a group (group:<id>) or everyone',
      },
    })
    .input(ShareConversationInput)
    .output(Share)
    .mutation(({ ctx, input }) => shareConversation(ctx.deps, ctx.actor, input)),

  unshare: userProcedure
    .meta({
      access: 'user',
      scope: 'conversations:write',
      rest: {
        method: 'DELETE',
        path: '/conversations/{conversationId}/shares/{principal}',
        status: 204,
        tag,
        summary: 'Withdraw a share',
      },
    })
    .input(UnshareConversationInput)
    .output(z.void())
    .mutation(({ ctx, input }) => unshareConversation(ctx.deps, ctx.actor, input)),
})
