import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { appRouter } from '../../app-router.ts'
import { restProcedures } from '../rest/rest-procedures.ts'
import { createOpenApiDocument } from './create-document.ts'

const create = () => createOpenApiDocument({ router: appRouter, version: '1.2.3', serverUrl: 'https://example.com/' })

interface Operation {
  operationId: string
  parameters?: { name: string; in: string }[]
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
  const expected = [...restProcedures(appRouter).map(({ name }) => name), 'executions.events']
  expect(operations.toSorted()).toEqual(expected.toSorted())
})

test('every parameter in a path is declared', () => {
  for (const [path, operations] of Object.entries(pathsOf(create()))) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
    for (const { operationId, parameters = [] } of Object.values(operations)) {
      const declared = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect(declared, operationId).toEqual(named)
    }
  }
})

test('every reference leads somewhere', () => {
  const document = create() as { components: { schemas: object } }
  const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    (match) => match[1],
  )
  expect(references.length).toBeGreaterThan(20)
  for (const name of references) expect(document.components.schemas).toHaveProperty(name ?? '')
})
