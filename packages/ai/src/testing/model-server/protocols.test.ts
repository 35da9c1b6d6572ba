import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { ModelServer } from './model-server.ts'
import { startModelServer } from './start-model-server.ts'

/** The vendors' own clients put the events together, so that what they would refuse fails here. */
const openAI = (server: ModelServer) => new OpenAI({ apiKey: 'any', baseURL: `${server.url}/v1`, maxRetries: 0 })
const anthropic = (server: ModelServer) => new Anthropic({ apiKey: 'any', baseURL: server.url, maxRetries: 0 })

const model = 'any-model'
const everything = { reasoning: 'I look.', text: 'Both now.', calls: [] as { name: string; input: unknown }[] }
everything.calls.push({ name: 'add', input: { a: 1, b: 'zwölf 👩‍🚀' } }, { name: 'now', input: {} })

/** The ids and times of two answers differ, and nothing else. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/"((?:chatcmpl-|resp_|msg_|rs_|fc_|call_|toolu_)\w+)"/g, '"id"'))

describe('Responses', () => {
  test('a stream is put together to what is answered without one', async () => {
    await using server = await startModelServer()
    server.script(everything, everything)
    const streamed = await openAI(server).responses.stream({ model, input: 'Hello' }).finalResponse()
    const whole = await openAI(server).responses.create({ model, input: 'Hello' })
    const { output, usage } = streamed
    expect(output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call', 'function_call'])
    expect(streamed.output_text).toBe('Both now.')
    expect(output[2]).toMatchObject({ name: 'add', arguments: '{"a":1,"b":"zwölf 👩‍🚀"}', status: 'completed' })
    expect(usage).toMatchObject({ output_tokens_details: { reasoning_tokens: 2 } })
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0))
    const told = whole.output.map((item) => withoutIds(item))
    expect(output.map((item) => withoutIds({ ...item, parsed_arguments: undefined }))).toMatchObject(told)
  })

  test('events are numbered without a gap, and their parts belong to announced items', async () => {
    await using server = await startModelServer()
    server.script(everything)
    const numbers: number[] = []
    const announced = new Set<string>()
    for await (const event of await openAI(server).responses.create({ model, input: 'Hello', stream: true })) {
      numbers.push(event.sequence_number)
      if (event.type === 'response.output_item.added') announced.add(event.item.id ?? '')
      if ('item_id' in event) expect(announced).toContain(event.item_id)
    }
    expect(numbers).toEqual(numbers.map((_, index) => index))
    expect(announced.size).toBe(4)
  })

  test('a refusal and an answer that is too long', async () => {
    await using server = await startModelServer()
    const refused = await openAI(server).responses.stream({ model, input: '[[refuse]]' }).finalResponse()
    expect(refused.output).toMatchObject([
      { content: [{ type: 'refusal', refusal: expect.stringContaining('sorry') }] },
    ])
    const long = await openAI(server)
      .responses.stream({ model, input: '[[tokens 9]]', max_output_tokens: 4 })
      .finalResponse()
    expect(long).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } })
    expect(long.output_text).toBe('The model server answers')
  })
})

describe('Chat Completions', () => {
  const asking = (content: string) => ({ model, messages: [{ role: 'user' as const, content }] })

  test('a stream is put together to what is answered without one', async () => {
    await using server = await startModelServer()
    server.script(everything, everything)
    const { completions } = openAI(server).chat
    const options = { stream_options: { include_usage: true } }
    const streamed = await completions.stream({ ...asking('Hello'), ...options }).finalChatCompletion()
    const whole = await completions.create(asking('Hello'))
    expect(streamed.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: 'Both now.', tool_calls: [{ function: { name: 'add' } }, { function: { name: 'now' } }] },
    })
    expect(streamed.usage?.completion_tokens).toBe(whole.usage?.completion_tokens)
    expect(whole.choices[0]?.message).toMatchObject({ reasoning_content: 'I look.' })
    expect(withoutIds(streamed.choices[0]?.message)).toMatchObject({
      ...(withoutIds(whole.choices[0]?.message) as object),
      // OpenAI's client does not put together what OpenAI does not send.
      reasoning_content: expect.any(String),
    })
  })

  test('a refusal, an answer that is too long, and usage only on demand', async () => {
    await using server = await startModelServer()
    const { completions } = openAI(server).chat
    const refused = await completions.stream(asking('[[refuse]]')).finalChatCompletion()
    expect(refused.choices[0]?.message).toMatchObject({ content: null, refusal: expect.stringContaining('sorry') })
    expect(refused.usage).toBeUndefined()
    const long = await completions.create({ ...asking('[[tokens 9]]'), max_completion_tokens: 4 })
    expect(long.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'The model server answers' } })
    expect(server.requests.map(({ usage }) => usage?.outputTokens)).toEqual([undefined, 4])
  })
})

describe('Messages', () => {
  const asking = (content: string, max_tokens = 100) => ({
    model,
    max_tokens,
    messages: [{ role: 'user' as const, content }],
  })

  test('a stream is put together to what is answered without one', async () => {
    await using server = await startModelServer()
    server.script(everything, everything)
    const streamed = await anthropic(server).messages.stream(asking('Hello')).finalMessage()
    const whole = await anthropic(server).messages.create(asking('Hello'))
    expect(streamed.content).toMatchObject([
      { type: 'thinking', thinking: 'I look.', signature: expect.any(String) },
      { type: 'text', text: 'Both now.' },
      { type: 'tool_use', name: 'add', input: { a: 1, b: 'zwölf 👩‍🚀' } },
      { type: 'tool_use', name: 'now', input: {} },
    ])
    expect(streamed.stop_reason).toBe('tool_use')
    expect(withoutIds(streamed)).toMatchObject(withoutIds({ ...whole, usage: {} }) as object)
    expect(streamed.usage).toMatchObject({ input_tokens: expect.any(Number), output_tokens: whole.usage.output_tokens })
  })

  test('a refusal and an answer that is too long', async () => {
    await using server = await startModelServer()
    const refused = await anthropic(server).messages.stream(asking('[[refuse]]')).finalMessage()
    expect(refused).toMatchObject({ content: [], stop_reason: 'refusal', stop_details: { type: 'refusal' } })
    const long = await anthropic(server).messages.stream(asking('[[tokens 9]]', 4)).finalMessage()
    expect(long).toMatchObject({ stop_reason: 'max_tokens', content: [{ text: 'The model server answers' }] })
  })

  test('a text after tool results is a new question; several texts are one', async () => {
    await using server = await startModelServer()
    const result = { type: 'tool_result' as const, tool_use_id: 'x', content: [{ type: 'text' as const, text: '42' }] }
    const call = { type: 'tool_use' as const, id: 'x', name: 'f', input: {} }
    const ask = (content: Anthropic.ContentBlockParam[]) =>
      anthropic(server).messages.create({
        model,
        max_tokens: 100,
        messages: [
          { role: 'user', content: '[[tool f]]' },
          { role: 'assistant', content: [call] },
          { role: 'user', content },
        ],
      })
    expect((await ask([result])).content).toMatchObject([{ text: 'The tools answered: 42' }])
    const texts = ['[[say Well', ' done.]]'].map((text) => ({ type: 'text' as const, text }))
    expect((await ask([result, ...texts])).content).toMatchObject([{ text: 'Well done.' }])
  })
})
