import type { Keyset } from '@kickstartmyai/db'
import { DomainError } from '../domain-error.ts'

/** The cursor of a list that is ordered by time and id: opaque to callers. */
export function toCursor({ at, id }: Keyset): string {
  return Buffer.from(`${at.getTime()}:${id}`).toString('base64url')
}

const form = /^(\d{1,14}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** Where the list goes on; null for the first page. Throws VALIDATION_FAILED for a cursor that we did not make. */
export function fromCursor(cursor: string | undefined): Keyset | null {
  if (cursor === undefined) return null
  const match = form.exec(Buffer.from(cursor, 'base64url').toString())
  const at = new Date(Number(match?.[1]))
  if (!match?.[2] || Number.isNaN(at.getTime())) {
    const issues = [{ path: 'cursor', message: 'Pass back what an earlier page gave as nextCursor.' }]
    throw new DomainError('VALIDATION_FAILED', 'The cursor is not valid.', { issues })
  }
  return { at, id: match[2] }
}
