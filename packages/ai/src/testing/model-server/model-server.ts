import type { Answer } from './answer.ts'
import type { TurnUsage } from './protocols/protocol.ts'

export interface ModelServerOptions {
  /** Any free one unless told. */
  port?: number
  /** The pace where a message asks for none, in milliseconds a token; 0 (as fast as can be) unless told. */
  paceMs?: number
  /** The ids that `GET /v1/models` lists; any id may be asked. */
  models?: readonly string[]
}

export interface ModelServer extends AsyncDisposable {
  /** Without a slash at the end: `http://127.0.0.1:49152`. */
  readonly url: string
  /** The questions, oldest first; the newest 10,000 of them. */
  readonly requests: readonly RecordedRequest[]
  /** How many questions have an answer that goes on: neither ended nor closed by the client. */
  readonly openRequests: number
  /** The next questions get these answers, one each, whatever they ask. */
  script(...answers: Partial<Answer>[]): void
}

/** One question, as it came and as it was answered. It changes while the answer goes on. */
export interface RecordedRequest {
  path: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The parsed JSON. */
  body: Readonly<Record<string, unknown>>
  status: number | null
  /** Tokens that were written to the socket. */
  tokensWritten: number
  /** The newest usage that the client was told; null when none was. */
  usage: TurnUsage | null
  /** When the client closed the connection before the answer ended, in milliseconds since the epoch. */
  closedByClientAt: number | null
}
