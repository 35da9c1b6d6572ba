import type { ErrorCode, ErrorDetails } from '@kickstartmyai/contract'

/** The one error by which a rule refuses. Its words are for the caller: what is wrong and what can be done. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly code: ErrorCode
  readonly details: ErrorDetails | undefined

  constructor(code: ErrorCode, message: string, details?: ErrorDetails) {
    super(message)
    this.code = code
    this.details = details
  }
}

/** A thing that is not there and a thing that is another's are refused with the same words. */
export function notFound(noun: string): DomainError {
  return new DomainError('NOT_FOUND', `There is no such ${noun}.`)
}
