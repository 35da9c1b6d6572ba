import type { AppRouter } from '@kickstartmyai/api/app-router'
import type { AuthSession } from '@kickstartmyai/contract'
import { type Operation, type OperationResultEnvelope, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { toClientError } from './client-error.ts'
import type { Credentials } from './credentials.ts'
import type { Session } from './session.ts'

type Envelope = OperationResultEnvelope<unknown, TRPCClientError<AppRouter>>
type Attempt = (op: Operation) => Promise<Envelope>

/**
 * Looks after the session around every call: a refused token is renewed and the call made again, once; who signs in or
 * out is in or out from then on.
 */
export function sessionLink(credentials: Credentials, session: Session | undefined): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const gone = new AbortController()
        const attempt: Attempt = (operation) =>
          new Promise((resolve, reject) => {
            gone.signal.throwIfAborted()
            const request: Unsubscribable = next(operation).subscribe({ next: resolve, error: reject })
            gone.signal.addEventListener('abort', () => request.unsubscribe())
          })
        const answer = async () => {
          try {
            observer.next(await call(op, attempt, credentials, session))
            observer.complete()
          } catch (error) {
            observer.error(TRPCClientError.from(error as Error))
          }
        }
        void answer()
        return () => gone.abort()
      })
}

async function call(op: Operation, attempt: Attempt, credentials: Credentials, session: Session | undefined) {
  const operation = session ? await withRefreshToken(op, session) : op
  const result = await attempt(operation).catch(async (error: unknown) => {
    if (!isRefused(error)) throw error
    if (op.path === 'auth.refresh') {
      await session?.leave()
      throw error
    }
    if (!(await credentials.renew(tokenOf(op)))) throw error
    return attempt(operation)
  })
  if (session) await take(op.path, result, session)
  return result
}

function isRefused(error: unknown): boolean {
  const { code } = toClientError(error)
  return code === 'TOKEN_EXPIRED' || code === 'UNAUTHORIZED'
}

/** The token with which an operation was sent. */
function tokenOf({ context }: Operation): string | null {
  return typeof context['token'] === 'string' ? context['token'] : null
}

/** The calls about the session itself carry the refresh token that the client holds. */
async function withRefreshToken(op: Operation, session: Session): Promise<Operation> {
  if (op.path !== 'auth.refresh' && op.path !== 'auth.logout') return op
  const refreshToken = await session.refreshToken()
  return refreshToken === undefined ? op : { ...op, input: { refreshToken, ...(op.input as object | undefined) } }
}

/** The calls that give a session, and those after which there is none. */
const entries = new Set(['auth.setup', 'auth.register', 'auth.login', 'auth.refresh'])
const exits = new Set(['auth.logout', 'auth.logoutEverywhere', 'users.deleteMe'])

/** Takes what a call about the session brought. */
async function take(path: string, { result }: Envelope, session: Session): Promise<void> {
  if (exits.has(path)) return session.leave()
  if (entries.has(path) && 'data' in result) await session.enter(result.data as AuthSession)
}
