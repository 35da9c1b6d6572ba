import { type OutboxMail, limits } from '@kickstartmyai/contract'
import { type Deps, listOutbox } from '@kickstartmyai/domain'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { AppEnv } from './app-env.ts'
import { noSuchPath, refuse } from './refuse.ts'

/**
 * The mails that were kept, for the developer whose machine this is: links in them let one into accounts. Whoever comes
 * from elsewhere, through a proxy, or under another name than this machine's own finds nothing here.
 */
export function devOutbox(deps: Pick<Deps, 'db'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  const read = async () => (await listOutbox(deps, { limit: limits.pageSize })).items
  app.use(async (c, next) => (isLocal(c) ? next() : refuse(c, noSuchPath())))
  app.get('/outbox.json', async (c) => c.json({ items: await read() }, 200, { 'Cache-Control': 'no-store' }))
  app.get('/outbox', async (c) => c.html(page(await read()), 200, { 'Cache-Control': 'no-store' }))
  return app
}

const here = new Set(['localhost', '127.0.0.1', '[::1]'])
const loopback = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/

function isLocal(c: Context<AppEnv>): boolean {
  const isProxied = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'].some((name) => c.req.header(name))
  const remote = c.env.incoming?.socket.remoteAddress ?? ''
  return !isProxied && loopback.test(remote) && here.has(new URL(c.req.url).hostname)
}

function page(mails: readonly OutboxMail[]) {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Outbox</title>
      </head>
      <body>
        <h1>Outbox</h1>
        <p>No SMTP server is configured (SMTP_URL): mails are kept here, newest first.</p>
        ${mails.map(
          (mail) =>
            html`<article>
              <h2>${mail.subject}</h2>
              <p>To ${mail.to}, ${mail.createdAt}</p>
              <pre>
${mail.text.split(/(https?:\/\/\S+)/).map((text, index) => (index % 2 ? html`<a href="${text}">${text}</a>` : text))}</pre>
            </article>`,
        )}
      </body>
    </html>`
}
