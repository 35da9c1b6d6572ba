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

type Item = OpenAI.Responses.ResponseInputItem
const tools: OpenAI.Responses.FunctionTool[] = [
  {
    type: 'function',
    name: 'calculator',
    description: 'Multiplies two whole numbers.',
    parameters: { type: 'object', properties: { expression: { type: 'string' } } },
    strict: false,
  },
]

/** All the calculator that a benchmark needs. */
function calculate(json: string): string {
  const { expression } = JSON.parse(json) as { expression: string }
  return String(expression.split('*').reduce((product, factor) => product * Number(factor), 1))
}

const app = new Hono()
app.post('/', async (context) => {
  const { content } = await context.req.json<{ content: string }>()
  await insert('user', content)
  return streamSSE(context, async (stream) => {
    const input: Item[] = [{ role: 'user', content }]
    for (let isOver = false; !isOver;) {
      let text = ''
      isOver = true
      for await (const event of await openai.responses.create({ model: 'bench', input, tools, stream: true })) {
        if (event.type === 'response.output_text.delta') {
          text += event.delta
          await stream.writeSSE({ event: 'text.delta', data: JSON.stringify({ text: event.delta }) })
        } else if (event.type === 'response.output_item.done' && event.item.type === 'function_call') {
          isOver = false
          const output = calculate(event.item.arguments)
          input.push(event.item, { type: 'function_call_output', call_id: event.item.call_id, output })
          await insert('assistant', JSON.stringify(event.item))
          await insert('tool', output)
        }
      }
      if (text !== '') await insert('assistant', text)
    }
  })
})

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`http://127.0.0.1:${port}\n`)
})
process.on('SIGTERM', () => process.exit(0))
