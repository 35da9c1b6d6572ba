import type { Actor } from '@kickstartmyai/domain'
import type { Context, Handler } from 'hono'
import type { AppEnv } from './app-env.ts'
import { refuse } from './refuse.ts'

export interface ExportOptions {
  authenticate: (c: Context<AppEnv>) => Promise<Actor>
  /** The text of one JSON object, a piece at a time. */
  exportMe: (actor: Actor) => Promise<AsyncGenerator<string, void>>
  onFailure: (error: unknown, c: Context<AppEnv>) => void
}

/** Pieces are joined until there is so much to write. */
const chunkLength = 65_536

/** GET …/users/me/export: everything that the caller has, as a file. It is pulled, so that its length costs no memory. */
export function exportMe({ authenticate, exportMe: read, onFailure }: ExportOptions): Handler<AppEnv> {
  return async (c) => {
    try {
      const pieces = await read(await authenticate(c))
      return c.body(
        toStream(pieces, (error) => onFailure(error, c)),
        200,
        {
          'Content-Type': 'application/json',
          'Content-Disposition': 'attachment; filename="kickstartmyai-export.json"',
          'Cache-Control': 'no-store',
        },
      )
    } catch (error) {
      onFailure(error, c)
      return refuse(c, error)
    }
  }
}

function toStream(pieces: AsyncGenerator<string, void>, onFailure: (error: unknown) => void): ReadableStream {
  const encoder = new TextEncoder()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = ''
      try {
        while (text.length < chunkLength) {
          const { value, done } = await pieces.next()
          if (done) {
            if (text !== '') controller.enqueue(encoder.encode(text))
            return controller.close()
          }
          text += value
        }
        controller.enqueue(encoder.encode(text))
      } catch (error) {
        // Cut, so that nobody takes half of it for all.
        onFailure(error)
        controller.error(error)
      }
    },
    cancel: async () => void (await pieces.return()),
  })
}
