import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The least that a server can do: it hands the model's bytes on, without parsing, storing or knowing anything. What
 * another server needs beyond this is what it adds. `node pass-through-server.ts <model server's url>`
 */
const upstream = process.argv[2] ?? ''
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

const server = createServer((incoming, outgoing) => {
  const sent = request(
    `${upstream}/v1/responses`,
    { method: 'POST', agent, headers: { 'content-type': 'application/json', authorization: 'Bearer none' } },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': 'text/event-stream' })
      answer.pipe(outgoing)
    },
  )
  sent.on('error', () => outgoing.destroy())
  incoming.pipe(sent)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))
