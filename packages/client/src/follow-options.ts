export type StreamState = 'connecting' | 'live' | 'reconnecting'

export interface FollowOptions {
  /** The last sequence number one has; what comes after it is given. Left out: everything. */
  lastEventId?: number | undefined
  signal?: AbortSignal | undefined
  /** Told how the connection fares, so that an interface can tell the truth. */
  onStateChange?: ((state: StreamState) => void) | undefined
  /**
   * Failed tries in a row after which it throws. Unless told it goes on for as long as the server might come back. The
   * tries of a browser that is offline do not count.
   */
  maxRetries?: number | undefined
  /** Silence in milliseconds after which a connection is taken for dead; 45,000 unless told. */
  silenceMs?: number | undefined
}
