import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { appRouter } from '../../app-router.ts'
import { errorMap } from '../../error-map.ts'
import { restProcedures } from '../rest/rest-procedures.ts'
import { createOpenApiDocument } from './create-document.ts'

const create = () => createOpenApiDocument({ router: appRouter, version: '1.2.3', serverUrl: 'https://example.com/' })

interface Operation {
  operationId: string
  security?: []
  parameters?: { name: string; in: string; schema: { type?: string } }[]
  responses: Record<string, { content?: object }>
}
const pathsOf = (document: object) => (document as { paths: Record<string, Record<string, Operation>> }).paths

test('the document is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(create()))
  expect(result.errors ?? []).toEqual([])
  expect(result.valid).toBe(true)
})

test('every procedure with a place in REST stands there under its name', () => {
  const operations = Object.values(pathsOf(create())).flatMap((path) =>
    Object.values(path).map((each) => each.operationId),
  )
  const expected = [...restProcedures(appRouter).map(({ name }) => name), 'executions.events', 'users.exportMe']
  expect(operations.toSorted()).toEqual(expected.toSorted())
})

test('every parameter in a path is declared', () => {
  for (const [path, operations] of Object.entries(pathsOf(create()))) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    for (const { operationId, parameters = [] } of Object.values(operations)) {
      const declared = parameters.filter((parameter) => parameter.in === 'path')
      expect(
        declared.map(({ name }) => name),
        operationId,
      ).toEqual(named)
      for (const { schema } of declared) expect(schema.type, operationId).toBe('string')
    }
  }
})

test('every reference leads somewhere', () => {
  const document = create() as { components: Record<string, object> }
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(references.length).toBeGreaterThan(20)
  for (const reference of references) expect(document).toHaveProperty(reference.slice('#/'.length).split('/'))
})

test('statuses and who may call stand there as the procedures declare them', () => {
  const paths = pathsOf(create())
  for (const { name, access, rest } of restProcedures(appRouter)) {
    const operation = paths[rest.path]?.[rest.method.toLowerCase()]
    const status = String(rest.status ?? 200)
    expect(Object.keys(operation?.responses ?? {}), name).toEqual([status, 'default'])
    expect(operation?.responses[status]?.content === undefined, name).toBe(status === '204')
    expect(operation?.security, name).toEqual(access === 'public' ? [] : undefined)
  }
})

test('a send can be repeated by its key, and a stream resumed', () => {
  const paths = pathsOf(create())
  const headers = (path: string, method: string) =>
    paths[path]?.[method]?.parameters?.filter((each) => each.in === 'header').map(({ name }) => name)
  expect(headers('/conversations/{conversationId}/messages', 'post')).toEqual(['Idempotency-Key'])
  expect(headers('/executions/{executionId}/events', 'get')).toEqual(['Last-Event-ID'])
})

test('answers may grow, what is sent may not hold more than it says', () => {
  const { components, paths } = create() as Record<'components' | 'paths', object>
  expect(JSON.stringify(components)).not.toContain('"additionalProperties":false')
  const createAgent = (paths as Record<string, { post: { requestBody: object } }>)['/agents']?.post.requestBody
  expect(JSON.stringify(createAgent)).toContain('"additionalProperties":false')
})

test('a format stands without the expression behind it', () => {
  const text = JSON.stringify(create())
  expect(text).toContain('"format":"uuid"')
  expect(text).not.toMatch(/"format":"[^"]+","pattern"/)
})

test('every error code stands there with its status', () => {
  const { info } = create() as { info: { description: string } }
  for (const [code, { status }] of Object.entries(errorMap)) {
    expect(info.description).toMatch(new RegExp(`\\b${status} [^·]*\`${code}\``))
  }
})
