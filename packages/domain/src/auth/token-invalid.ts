import { DomainError } from '../domain-error.ts'

/** One refusal for a token that was made up, is over, was used, or is of another kind. */
export const tokenInvalid = () =>
  new DomainError('TOKEN_INVALID', 'This link is not good, or not any more. Ask for a new one.')
