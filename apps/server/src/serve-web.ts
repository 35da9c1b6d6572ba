import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'

/** What belongs to programs: an unknown path below these is a 404, not the web app. */
const notPages = /^\/(api|trpc|dev|health|docs|openapi\.json|metrics|v1|mcp|assets)(\/|$)/

/**
 * The built web app in `root`: files whose names carry their hash are kept for ever, the page itself is asked for anew
 * each time, and a path that is a page of the app gets the page.
 */
export function serveWeb(root: string): MiddlewareHandler {
  const files = serveStatic({ root, onFound: (path, c) => c.header('Cache-Control', cachingOf(path)) })
  const page = serveStatic({
    root,
    path: 'index.html',
    onFound: (path, c) => c.header('Cache-Control', cachingOf(path)),
  })
  const isBuilt = existsSync(join(root, 'index.html'))
  return async (c, next) => {
    if (!isBuilt) return next()
    return compress()(c, async () => {
      const file = await files(c, async () => {})
      if (file) c.res = file
      else if (!notPages.test(c.req.path)) c.res = (await page(c, async () => {})) ?? c.res
      else await next()
    })
  }
}

function cachingOf(path: string): string {
  return path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}
