/** What the server answers one request with, whichever protocol it is asked in. */
export interface Answer {
  text: string
  /** Whether the text is said as a refusal. */
  refusal: boolean
  /** Thoughts before the text: a reasoning summary, a thinking block, `reasoning_content`. */
  reasoning: string
  /** Tools to call, side by side. An input that is a string is sent as it is, whether or not it is JSON. */
  calls: readonly { name: string; input: unknown }[]
  /** Milliseconds a token; 0 is as fast as can be. */
  paceMs: number
  fault: Fault | null
  /** Breaks characters of several bytes in two between writes. */
  split: boolean
  /** Sends events, fields and comments besides that no client can know. */
  unknownEvents: boolean
}

/** What goes wrong. `after` counts tokens: words of text and thoughts, and pieces of a call's input. */
export type Fault =
  /** Refuses before it answers. */
  | { type: 'status'; status: number; retryAfter?: string | undefined }
  | { type: 'quota' }
  | { type: 'overflow' }
  /** Says nothing more and leaves the connection open; null: not even headers. */
  | { type: 'stall'; after: number | null }
  /** Breaks the connection. */
  | { type: 'cut'; after: number }
  /** Tells of an error in a stream that began well, and ends it. */
  | { type: 'error-event'; after: number }
  /** Sends an event whose JSON is broken off. */
  | { type: 'malformed'; after: number }

export const plainAnswer: Answer = {
  text: '',
  refusal: false,
  reasoning: '',
  calls: [],
  paceMs: 0,
  fault: null,
  split: false,
  unknownEvents: false,
}
