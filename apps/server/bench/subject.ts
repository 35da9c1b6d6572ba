/** A server under measurement, in a process of its own. */
export interface Subject extends AsyncDisposable {
  name: string
  pid: number
  /** Whether it runs the tools that the model calls; the calculator, at least. */
  callsTools: boolean
  /** Makes ready for `count` streams; not measured. */
  prepare(count: number): Promise<void>
  /** Opens the stream with this number and tells when each token was sent, in µs since the epoch; resolves at the end. */
  stream(index: number, ask: string, onToken: (sentAt: number) => void): Promise<void>
}
