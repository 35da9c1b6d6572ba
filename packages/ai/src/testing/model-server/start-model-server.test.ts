import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import type { ModelServer } from './model-server.ts'
import { startModelServer } from './start-model-server.ts'

const ask = (server: Pick<ModelServer, 'url'>, input: unknown, more: object = {}) =>
  fetch(`${server.url}/v1/responses`, { method: 'POST', body: JSON.stringify({ model: 'any', input, ...more }) })

const textOf = async (response: Response) =>
  ((await response.json()) as { output: { content: { text: string }[] }[] }).output[0]?.content[0]?.text

test('scripts answer the next questions, one each, then directives do again', async () => {
  await using server = await startModelServer()
  server.script({ text: 'First.' }, { fault: { type: 'status', status: 503 } })
  expect(await textOf(await ask(server, '[[say No.]]'))).toBe('First.')
  expect((await ask(server, 'Hello')).status).toBe(503)
  expect(await textOf(await ask(server, '[[say Third.]]'))).toBe('Third.')
})

test('a question is recorded as it came', async () => {
  await using server = await startModelServer()
  const body = { model: 'm', stream: true, input: '[[tokens 7]]', tools: [] }
  const headers = { authorization: 'Bearer abc', 'x-mine': '1' }
  await (await fetch(`${server.url}/v1/responses?x=1`, { method: 'POST', headers, body: JSON.stringify(body) })).text()
  expect(server.requests).toMatchObject([
    { path: '/v1/responses', headers, body, status: 200, tokensWritten: 7, usage: { outputTokens: 7 } },
  ])
})

test('calls of two servers never share an id', async () => {
  const ids = new Set<string>()
  for (let round = 0; round < 2; round += 1) {
    await using server = await startModelServer()
    for (let question = 0; question < 2; question += 1) {
      const answer = (await (await ask(server, '[[tool a]] [[tool b]]')).json()) as { output: { call_id: string }[] }
      for (const { call_id } of answer.output) ids.add(call_id)
    }
  }
  expect(ids.size).toBe(8)
})

test('models are listed in the words of the vendor that is asked', async () => {
  await using server = await startModelServer({ models: ['a', 'b'] })
  const list = async (headers: Record<string, string>) => (await fetch(`${server.url}/v1/models`, { headers })).json()
  expect(await list({})).toMatchObject({ object: 'list', data: [{ id: 'a', object: 'model' }, { id: 'b' }] })
  expect(await list({ 'anthropic-version': '2023-06-01' })).toMatchObject({
    first_id: 'a',
    last_id: 'b',
    has_more: false,
  })
})

test('what it does not know is not found, and what is no JSON is refused', async () => {
  await using server = await startModelServer()
  expect((await fetch(`${server.url}/v1/other`, { method: 'POST', body: '{}' })).status).toBe(404)
  expect((await fetch(`${server.url}/v1/responses`)).status).toBe(404)
  expect((await fetch(`${server.url}/v1/responses`, { method: 'POST', body: '{"model":' })).status).toBe(400)
})

test('hundreds of paced streams at a time, each whole and none left open', async () => {
  await using server = await startModelServer({ paceMs: 5 })
  const one = async () =>
    (await (await ask(server, '[[tokens 20]]', { stream: true })).text()).match(/text\.delta/g)?.length
  const counts = await Promise.all(Array.from({ length: 300 }, one))
  // Each event names itself twice.
  expect(new Set(counts)).toEqual(new Set([40]))
  await vi.waitFor(() => expect(server.openRequests).toBe(0))
  expect(server.requests.reduce((sum, { tokensWritten }) => sum + tokensWritten, 0)).toBe(6_000)
}, 30_000)

test('a reader that takes nothing stops the writer', async () => {
  await using server = await startModelServer()
  const response = await ask(server, '[[tokens 300000]]', { stream: true })
  const reader = response.body?.getReader()
  await reader?.read()
  const settled = async () => {
    const before = server.requests[0]?.tokensWritten
    await new Promise((resolve) => setTimeout(resolve, 100))
    return before === server.requests[0]?.tokensWritten
  }
  await vi.waitFor(async () => expect(await settled()).toBe(true), 20_000)
  expect(server.requests[0]?.tokensWritten).toBeLessThan(300_000)
  await reader?.cancel()
  await vi.waitFor(() => expect(server.requests[0]?.closedByClientAt).not.toBeNull())
}, 30_000)

test('disposing of it breaks what is open and frees the port', async () => {
  const server = await startModelServer()
  const response = await ask(server, '[[stall after 1]]', { stream: true })
  await server[Symbol.asyncDispose]()
  await expect(response.text()).rejects.toThrow()
  await expect(ask(server, 'Hello')).rejects.toThrow()
})

test('as a program it prints its URL and ends when it is told to', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const url = /http:\/\/\S+/.exec(line)?.[0] ?? ''
  expect(await textOf(await ask({ url }, '[[say Hello.]]'))).toBe('Hello.')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})
