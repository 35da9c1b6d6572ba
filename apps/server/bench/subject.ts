/** A server under measurement, in a process of its own. */
export interface Subject extends AsyncDisposable {
  name: string
  pid: number
  /** Makes ready for `count` streams; not measured. */
  prepare(count: number): Promise<void>
  /** Opens the stream with this number and tells of every token; resolves at the end. Throws when tokens are missing. */
  stream(index: number, ask: string, onToken: () => void): Promise<void>
}
