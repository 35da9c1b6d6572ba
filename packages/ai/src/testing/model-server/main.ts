import { parseArgs } from 'node:util'
import { startModelServer } from './start-model-server.ts'

/** `node main.ts --port 4010 --pace 20`: the model server as a program, until it is told to stop. */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, pace: { type: 'string', default: '0' } },
})
const server = await startModelServer({ port: Number(values.port), paceMs: Number(values.pace) })
process.stdout.write(`The model server listens on ${server.url}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server[Symbol.asyncDispose]())
