/** A line between the processes on one database: quick, and allowed to lose what is said. */
export interface Channel {
  /** Tells all processes, this one included. At most 7,500 bytes. */
  send(message: string): void
  /** `onGap` is called whenever something may have been missed. */
  listen(onMessage: (message: string) => void, onGap: () => void): void
  close(): Promise<void>
}
