import { ConversationId, UserId } from '@kickstartmyai/contract'
import { z } from 'zod'
import { defineJob } from './job.ts'

/**
 * Finds a title for a conversation. Few at a time: after a rush of first messages the titles must not ask the models as
 * much again as the answers do.
 */
export const generateTitleJob = defineJob({
  name: 'generate-title',
  payload: z.object({ conversationId: ConversationId, ownerId: UserId }),
  keyOf: ({ conversationId }) => conversationId,
  atATime: 2,
  timeoutSeconds: 120,
  retries: 4,
  firstPauseSeconds: 10,
  longestPauseSeconds: 300,
})
