import { errorMap } from '../../error-map.ts'

/** How every refused request is answered; stands in the document as #/components/responses/Refusal. */
export const refusal = {
  description: 'Refused: `error.code` says why, and `error.requestId` finds the request in the log.',
  headers: {
    'Retry-After': {
      description: 'Seconds after which another try makes sense, where waiting helps.',
      schema: { type: 'integer', minimum: 0 },
    },
  },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } },
}

export const refusalRef = { $ref: '#/components/responses/Refusal' }

/** Every error code after its HTTP status, as a line of Markdown. */
export function errorCodes(): string {
  const byStatus = Map.groupBy(Object.entries(errorMap), ([, { status }]) => status)
  return [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, codes]) => `${status} ${codes.map(([code]) => `\`${code}\``).join(', ')}`)
    .join(' · ')
}
