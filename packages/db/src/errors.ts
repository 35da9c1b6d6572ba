/** True when `error` is PostgreSQL's refusal of a second row with the same value under the named constraint. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '23505' &&
    'constraint' in error &&
    error.constraint === constraint
  )
}

/** True when the statement itself is at fault (SQLSTATE classes 22 and 23), so that trying again cannot help. */
export function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code)
}

/** True when PostgreSQL broke a statement off because it and another one waited for each other: tried again, it works. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01'
}

/**
 * True when the database could not be reached or broke off, so that the same statement may succeed later: errors of the
 * socket, and SQLSTATE classes 08 (connection), 53 (resources), 57 (operator intervention) and 25006 (read only for now).
 */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (
    /^(08|53|57|25006)/.test(code) || /^E[A-Z]+$/.test(code) || /connection|timeout|not queryable/i.test(error.message)
  )
}
