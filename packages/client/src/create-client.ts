import type { AppRouter } from '@kickstartmyai/api/app-router'
import type { ExecutionEvent } from '@kickstartmyai/contract'
import type { TRPCUntypedClient } from '@trpc/client'
import type { ApiCalls, CallOptions } from './calls.ts'
import { toClientError } from './client-error.ts'
import { givenToken, type TokenSource } from './credentials.ts'
import { exchangeToken } from './exchange-token.ts'
import { followExecution } from './execution-stream.ts'
import type { FollowOptions } from './follow-options.ts'
import { untilAborted } from './line.ts'
import { createSession } from './session.ts'
import type { SessionStorage } from './session-storage.ts'
import { realTiming } from './timing.ts'
import { createTransport } from './transport.ts'

export interface ClientOptions {
  /** Where the server is, without a path; '' in a page that the server itself has sent. */
  url: string
  /** An access token, or what gives one. Left out where `session` is given. */
  token?: TokenSource | undefined
  /** Where to keep a session, which the client then enters, renews and leaves by itself. */
  session?: SessionStorage | undefined
  /** Told when the server has ended the session: time to sign in again. */
  onSessionEnd?: (() => void) | undefined
  /** Sent with every request. */
  headers?: Record<string, string> | undefined
  fetch?: typeof globalThis.fetch | undefined
}

/** What React's hooks call through. */
export const transport: unique symbol = Symbol('transport')

export type Client = ApiCalls & {
  executions: {
    /**
     * An execution's events in order and each exactly once, from the first or from after `lastEventId`, to its end. Comes
     * back by itself when the connection is cut. Throws a ClientError, or the reason of `signal`.
     */
    follow(executionId: string, options?: FollowOptions): AsyncGenerator<ExecutionEvent, void>
  }
  readonly [transport]: TRPCUntypedClient<AppRouter>
}

/** A typed client of a server. Its calls throw a ClientError, or the reason of the signal they were given. */
export function createClient(options: ClientOptions): Client {
  const url = options.url.replace(/\/+$/, '')
  const given = options.fetch
  // Called without a `this`: browsers refuse their own fetch as a method of something else.
  const fetch: typeof globalThis.fetch = (...request) => (given ?? globalThis.fetch)(...request)
  const headers = options.headers ?? {}
  const session = options.session
    ? createSession({
        storage: options.session,
        exchange: exchangeToken({ url, fetch, headers, timing: realTiming }),
        onEnd: options.onSessionEnd,
      })
    : undefined
  const credentials = session ?? givenToken(options.token)
  const trpc = createTransport({ url, fetch, headers, credentials, session, timing: realTiming })

  const call = async (path: string, input: unknown = {}, { signal }: CallOptions = {}): Promise<unknown> => {
    try {
      const answer = trpc.mutation(path, input, { context: { isDirect: true }, ...(signal && { signal }) })
      // The signal ends the waiting for a new token, too, which the call shares with others.
      return await (signal ? untilAborted(answer, signal) : answer)
    } catch (error) {
      signal?.throwIfAborted()
      throw toClientError(error)
    }
  }

  const follow = (executionId: string, followOptions?: FollowOptions) =>
    followExecution(
      {
        url: `${url}/api/v1/executions/${encodeURIComponent(executionId)}/events`,
        fetch,
        headers,
        credentials,
        timing: realTiming,
        getExecution: (signal) => client.executions.get({ executionId }, { signal }),
      },
      followOptions,
    )

  const client = names((noun) =>
    noun === transport
      ? trpc
      : names((verb) =>
          noun === 'executions' && verb === 'follow' ? follow : call.bind(null, `${String(noun)}.${String(verb)}`),
        ),
  ) as unknown as Client
  return client
}

/** An object that has whatever is asked of it by name. Not `then`: it is no promise. */
function names(get: (name: string | symbol) => unknown): object {
  return new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : get(name)) })
}
