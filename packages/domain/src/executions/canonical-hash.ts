import { hash } from 'node:crypto'
import { storableText } from '../messages/storable.ts'

/** The same hash for values that are the same JSON, in whatever order their fields stand, before storing and after. */
export function canonicalHash(value: unknown): string {
  return hashText(canonicalJson(value))
}

/** The hash of JSON that is canonical already. */
export const hashText = (json: string): string => hash('sha256', json)

/** The same text for values that are the same JSON. */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, inOrder)

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const fields = Object.entries(value).map(([key, field]) => [storableText(key), field] as const)
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
