import type { TextPart } from '@kickstartmyai/contract'

/** Text as PostgreSQL can keep it: without NUL, and without halves of surrogate pairs. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}

/** The same for what a person says. */
export function storableParts(parts: readonly TextPart[]): TextPart[] {
  return parts.map((part) => ({ ...part, text: storableText(part.text) }))
}

/** The same for every string within a JSON value; what JSON cannot say becomes null. */
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return null
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if ('toJSON' in value && typeof value.toJSON === 'function')
    return storableJson((value as { toJSON(): unknown }).toJSON())
  if (Array.isArray(value)) return value.map(storableJson)
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), storableJson(item)]))
}
