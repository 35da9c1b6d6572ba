/** What a request asks, in whichever protocol. */
export interface Asked {
  model: string
  stream: boolean
  /** The text of the newest user message. */
  said: string
  /** Results of tools that came after that message. */
  toolResults: string[]
  /** The most tokens of the answer; Infinity unless told. */
  maxTokens: number
  /** Whether a stream tells its usage. */
  tellsUsage: boolean
}

/** An answer cut into tokens and given ids: all that a protocol needs to say it. */
export interface Turn {
  /** Unique for each request. */
  id: string
  model: string
  /** Seconds since the epoch. */
  createdAt: number
  reasoning: readonly string[]
  text: readonly string[]
  refusal: boolean
  calls: readonly { id: string; name: string; pieces: readonly string[] }[]
  /** Whether the limit of the request ended it. */
  truncated: boolean
  tellsUsage: boolean
  usage: TurnUsage
}

export interface TurnUsage {
  inputTokens: number
  outputTokens: number
  reasoningTokens: number
}

/** One server-sent event. */
export interface Frame {
  event?: string
  data: object | '[DONE]'
  /** Set when it carries a token of the answer. */
  token?: true
  /** The usage that it tells. */
  usage?: TurnUsage
}

export type Failure = { type: 'quota' } | { type: 'overflow' } | { type: 'status'; status: number }

/** One protocol of one vendor, on one path. */
export interface Protocol {
  path: string
  read(body: Record<string, unknown>): Asked
  /** The ids of calls as the vendor forms them. */
  callId(turnId: string, index: number): string
  events(turn: Turn): Generator<Frame, void>
  /** The answer to a request that does not stream. */
  whole(turn: Turn): object
  failure(failure: Failure): { status: number; body: object }
  /** How a stream that began well tells of an error, and ends. */
  errorEvents(turn: Turn): Frame[]
  /** Something new that the vendor might send tomorrow. */
  unknownEvent: Frame
}
