import { isUniqueViolation } from '@kickstartmyai/db'
import { DomainError } from '../domain-error.ts'

/** Says in words that a group's name is another one's already. */
export async function refuseTakenName<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write
  } catch (error) {
    if (!isUniqueViolation(error, 'groups_name_key')) throw error
    throw new DomainError('CONFLICT', 'There is a group of this name already. Choose another one.')
  }
}
