import { refusalRef } from './refusal.ts'

/** The export of a person's data, which is no procedure: see http/export-me.ts. */
export const exportPath = {
  '/users/me/export': {
    get: {
      operationId: 'users.exportMe',
      summary: 'Everything of one’s own, as one JSON file',
      description:
        'Account, sessions, agents, conversations with their messages, executions with their steps; no secrets.',
      tags: ['Users'],
      responses: {
        200: { description: 'The file', content: { 'application/json': { schema: { type: 'object' } } } },
        default: refusalRef,
      },
    },
  },
}
