/** A server under measurement, in a process of its own. */
export interface Subject extends AsyncDisposable {
  name: string
  pid: number
  /** Makes ready for `count` streams; not measured. */
  prepare(count: number): Promise<void>
  /** Opens the stream with this number and tells when each token was sent, in µs since the epoch; resolves at the end. */
  stream(index: number, ask: string, onToken: (sentAt: number) => void): Promise<void>
}
