import { type AnyRouter, callTRPCProcedure } from '@trpc/server'
import type { Context as HonoContext, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Context } from '../../context.ts'
import type { AppEnv } from '../app-env.ts'
import { methodNotAllowed, noSuchPath, refuse } from '../refuse.ts'
import { readInput } from './read-input.ts'
import { type RestProcedure, restProcedures } from './rest-procedures.ts'

export interface RestOptions {
  router: AnyRouter
  createContext: (c: HonoContext<AppEnv>) => Context
  /** Turns what was thrown into an answer. */
  onError: (error: unknown, c: HonoContext<AppEnv>) => Response
}

const base = '/api/v1'

/** Mounts every procedure that declares a place in REST below /api/v1. Calls go through tRPC, with all that it checks. */
export function mountRest(app: Hono<AppEnv>, options: RestOptions): void {
  const places = Map.groupBy(restProcedures(options.router), ({ rest }) => rest.path)
  // `{` comes after every letter: /things/search is asked before /things/{thingId}, in whatever order they were declared.
  for (const [path, procedures] of [...places].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const procedure of procedures) {
      app.on(procedure.rest.method, toHonoPath(path), (c) => answer(c, procedure, options))
    }
    app.all(toHonoPath(path), methodNotAllowed(...procedures.map(({ rest }) => rest.method)))
  }
  app.all(`${base}/*`, (c) => refuse(c, noSuchPath()))
}

function toHonoPath(path: string): string {
  return base + path.replaceAll(/\{(\w+)\}/g, ':$1')
}

async function answer(c: HonoContext<AppEnv>, procedure: RestProcedure, options: RestOptions): Promise<Response> {
  try {
    const input = await readInput(c, procedure)
    const data: unknown = await callTRPCProcedure({
      router: options.router,
      path: procedure.name,
      getRawInput: async () => input,
      ctx: options.createContext(c),
      type: procedure.type,
      signal: c.req.raw.signal,
      batchIndex: 0,
    })
    const status = procedure.rest.status ?? 200
    c.header('Cache-Control', 'no-store')
    return status === 204 ? c.body(null, status) : c.json(data ?? null, status as ContentfulStatusCode)
  } catch (error) {
    return options.onError(error, c)
  }
}
