/** Where to go after signing in: a path of this app, and never another site that a link smuggled in. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith('/') || /^\/[\\/]/.test(next)) return '/chat'
  return next
}
