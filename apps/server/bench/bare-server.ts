import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import OpenAI from 'openai'
import pg from 'pg'

/**
 * The server that anyone would write by hand: Hono, the official SDK, one insert per message, nothing to resume.
 * `node bare-server.ts <model server's url> <database's url>`
 */
const [modelsUrl, databaseUrl] = process.argv.slice(2)
const openai = new OpenAI({ apiKey: 'none', baseURL: `${modelsUrl}/v1` })
const pool = new pg.Pool({ connectionString: databaseUrl })
await pool.query('create table bare_messages (id bigserial primary key, role text not null, content text not null)')
const insert = (role: string, content: string) =>
  pool.query('insert into bare_messages (role, content) values ($1, $2)', [role, content])

const app = new Hono()
app.post('/', async (context) => {
  const { content } = await context.req.json<{ content: string }>()
  await insert('user', content)
  return streamSSE(context, async (stream) => {
    let text = ''
    for await (const event of await openai.responses.create({ model: 'bench', input: content, stream: true })) {
      if (event.type !== 'response.output_text.delta') continue
      text += event.delta
      await stream.writeSSE({ event: 'text.delta', data: JSON.stringify({ text: event.delta }) })
    }
    await insert('assistant', text)
  })
})

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
process.on('SIGTERM', () => process.exit(0))
