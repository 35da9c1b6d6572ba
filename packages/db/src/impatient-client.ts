import pg from 'pg'

/** What `pg` says when a statement was not answered within `query_timeout`. */
const isTimeout = (error: unknown) => error instanceof Error && error.message === 'Query read timeout'

/**
 * A client that ends its connection when a statement is not answered in time (`query_timeout`): where the network swallows
 * everything nobody says so, and whatever was asked next would wait behind it. `onTimeout` hears of it.
 */
export function impatientClient(onTimeout: () => void): typeof pg.Client {
  return class extends pg.Client {
    // oxlint-disable-next-line typescript/no-explicit-any -- the eight overloads of the original
    override query(...args: any[]): any {
      const answer: unknown = super.query(...(args as [string]))
      if (!(answer instanceof Promise)) return answer
      return answer.catch((error: unknown) => {
        if (isTimeout(error)) {
          // Marks it as ending, so that its pool takes it back no more, and drops the socket: a statement is under way.
          void super.end().catch(() => {})
          onTimeout()
        }
        throw error
      })
    }
  }
}

/** Breaks an idle connection off without a goodbye, which a dead network would never deliver. Its pool lets go of it. */
export function breakOff(client: pg.Client): void {
  client.emit('error', new Error('Connection taken for dead'))
  client.connection.stream.destroy()
}
