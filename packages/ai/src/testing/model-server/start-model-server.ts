import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { type Answer, plainAnswer } from './answer.ts'
import type { ModelServer, ModelServerOptions, RecordedRequest } from './model-server.ts'
import { playStream, playWhole } from './play.ts'
import { anthropicMessages } from './protocols/anthropic-messages.ts'
import { listModels } from './protocols/list-models.ts'
import { openAIChat } from './protocols/openai-chat.ts'
import { openAIFailure } from './protocols/openai-failure.ts'
import { openAIResponses } from './protocols/openai-responses.ts'
import type { Asked, Failure, Protocol } from './protocols/protocol.ts'
import { isObject } from './protocols/read-body.ts'
import { readDirectives } from './read-directives.ts'
import { TimerWheel } from './timer-wheel.ts'
import { toTurn } from './to-turn.ts'

const protocols = new Map([openAIResponses, openAIChat, anthropicMessages].map((protocol) => [protocol.path, protocol]))
const mostRecorded = 10_000

/**
 * Starts a server on 127.0.0.1 that speaks the protocols of OpenAI and Anthropic and does what the newest user message
 * tells it to, failures of every kind included: see README.md. Disposing of it breaks all its connections.
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { port = 0, paceMs = 0, models = ['model-server'] } = options
  const wheel = new TimerWheel()
  const requests: RecordedRequest[] = []
  const scripted: Partial<Answer>[] = []
  /** How often a question was refused, by path and text. */
  const refused = new Map<string, number>()
  // Calls of two servers must not share ids: a conversation may meet both.
  const run = randomBytes(4).toString('hex')
  let count = 0
  let open = 0

  function nextAnswer(asked: Asked, protocol: Protocol): Answer {
    const script = scripted.shift()
    if (script) return { ...plainAnswer, paceMs, ...script }
    const { answer, times } = readDirectives(asked.said, asked.toolResults, paceMs)
    if (times === null || answer.fault?.type !== 'status') return answer
    const key = `${protocol.path} ${asked.said}`
    const failures = refused.get(key) ?? 0
    if (failures < times) {
      refused.set(key, failures + 1)
      return answer
    }
    refused.delete(key)
    return { ...answer, fault: null }
  }

  async function answerQuestion(request: IncomingMessage, out: ServerResponse, protocol: Protocol): Promise<void> {
    const body = await json(request).catch(() => null)
    if (out.destroyed) return
    const text = JSON.stringify(body)
    const record: RecordedRequest = {
      path: protocol.path,
      headers: request.headers,
      body: isObject(body) ? body : {},
      status: null,
      tokensWritten: 0,
      usage: null,
      closedByClientAt: null,
    }
    requests.push(record)
    if (requests.length > mostRecorded) requests.shift()
    let cutByServer = false
    open += 1
    out.once('close', () => {
      open -= 1
      if (!out.writableFinished && !cutByServer) record.closedByClientAt = Date.now()
    })
    const begin = (status: number, type: string, headers: Record<string, string> = {}) => {
      record.status = status
      out.writeHead(status, { 'content-type': type, 'x-request-id': `req_${run}${count}`, ...headers })
    }
    const fail = (failure: Failure, retryAfter?: string) => {
      const { status, body: told } = protocol.failure(failure)
      begin(status, 'application/json', retryAfter === undefined ? {} : { 'retry-after': retryAfter })
      out.end(JSON.stringify(told))
    }

    count += 1
    if (!isObject(body)) return fail({ type: 'status', status: 400 })
    const asked = protocol.read(body)
    const answer = nextAnswer(asked, protocol)
    const { fault } = answer
    if (fault?.type === 'stall' && fault.after === null) return
    if (fault?.type === 'status') return fail(fault, fault.retryAfter)
    if (fault?.type === 'quota' || fault?.type === 'overflow') return fail(fault)
    if (fault?.type === 'error-event' && !asked.stream) return fail({ type: 'status', status: 500 })

    // There is no tokenizer here: four characters of the request are a token.
    const turn = toTurn(answer, asked, protocol, `${run}${String(count).padStart(6, '0')}`, Math.ceil(text.length / 4))
    const cut = async () => {
      await new Promise((sent) => out.write('\n', sent))
      // A client that is told of the break together with the last tokens may drop these.
      await wheel.until(wheel.now() + 30)
      if (!out.destroyed) cutByServer = true
      out.destroy()
    }
    begin(200, asked.stream ? 'text/event-stream; charset=utf-8' : 'application/json')
    await (asked.stream ? playStream : playWhole)({ out, record, protocol, answer, turn, wheel, cut })
  }

  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, out) => {
    const path = request.url?.split('?')[0]
    const protocol = request.method === 'POST' ? protocols.get(path ?? '') : undefined
    if (protocol) {
      answerQuestion(request, out, protocol).catch((error: unknown) => out.destroy(error as Error))
      return
    }
    request.resume()
    const found = request.method === 'GET' && path === '/v1/models'
    const { status, body } = found
      ? { status: 200, body: listModels(models, request.headers) }
      : openAIFailure({ type: 'status', status: 404 })
    out.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  server.listen({ host: '127.0.0.1', port, backlog: 4096 })
  await once(server, 'listening')

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    get openRequests() {
      return open
    },
    script: (...answers) => void scripted.push(...answers),
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      wheel.stop()
    },
  }
}
