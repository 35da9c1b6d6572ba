/**
 * The least wait that a response asks for, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date
 * (RFC 9110, 10.2.3). Undefined when it asks for none.
 */
export function retryAfterMs(headers: Headers | undefined, now: () => number = Date.now): number | undefined {
  const exact = headers?.get('retry-after-ms')
  if (exact && Number(exact) >= 0) return Number(exact)
  const value = headers?.get('retry-after')
  if (!value) return undefined
  const seconds = Number(value)
  if (seconds >= 0) return Math.ceil(seconds * 1000)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now())
}
