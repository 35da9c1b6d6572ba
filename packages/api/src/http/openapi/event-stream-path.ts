import { refusalRef } from './refusal.ts'

/** The event stream of an execution, which is no procedure: see http/sse. */
export const eventStreamPath = {
  '/executions/{executionId}/events': {
    get: {
      operationId: 'executions.events',
      summary: 'Follow an execution, as server-sent events',
      description:
        'Each event has `id` (its sequence number), `event` (its type) and `data` (its JSON with `seq`). Sends what comes ' +
        'after the last event id, now or later, and ends after the terminal event. A comment keeps quiet streams alive.',
      tags: ['Executions'],
      parameters: [
        { name: 'executionId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'Last-Event-ID', in: 'header', schema: { type: 'integer', minimum: 0 } },
        { name: 'lastEventId', in: 'query', schema: { type: 'integer', minimum: 0 } },
      ],
      responses: {
        200: {
          description: 'The events',
          content: { 'text/event-stream': { schema: { $ref: '#/components/schemas/ExecutionEvent' } } },
        },
        default: refusalRef,
      },
    },
  },
}
