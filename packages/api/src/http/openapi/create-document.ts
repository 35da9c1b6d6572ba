import type { AnyRouter } from '@trpc/server'
import { z } from 'zod'
import { type RestProcedure, restProcedures, takesQuery } from '../rest/rest-procedures.ts'
import { type JsonSchema, toInput, toOutputs } from './components.ts'
import { eventStreamPath } from './event-stream-path.ts'
import { exportPath } from './export-path.ts'
import { errorCodes, refusal, refusalRef } from './refusal.ts'

export interface DocumentOptions {
  router: AnyRouter
  version: string
  /** Where the API is reached: the origin, or `/` for wherever the document came from. */
  serverUrl: string
}

/** The OpenAPI 3.1 document of everything below /api/v1, made of the procedures that answer there. */
export function createOpenApiDocument({ router, version, serverUrl }: DocumentOptions): JsonSchema {
  const procedures = restProcedures(router)
  const { schemas, outputs } = toOutputs(procedures.map(({ output }) => output ?? z.void()))
  const paths: Record<string, JsonSchema> = {}
  procedures.forEach((procedure, index) => {
    const { path, method } = procedure.rest
    paths[path] = { ...paths[path], [method.toLowerCase()]: toOperation(procedure, outputs[index] ?? {}) }
  })
  return {
    openapi: '3.1.0',
    info: {
      title: 'KickStartMyAI',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description,
    },
    servers: [{ url: `${serverUrl.replace(/\/$/, '')}/api/v1` }],
    security: [{ bearer: [] }],
    tags: [...new Set(procedures.map(({ rest }) => rest.tag))].map((name) => ({ name })),
    paths: { ...paths, ...eventStreamPath, ...exportPath },
    components: {
      schemas,
      responses: { Refusal: refusal },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'An access token, or an API key' } },
    },
  }
}

function toOperation(procedure: RestProcedure, output: JsonSchema): JsonSchema {
  const { name, access, rest, pathParams } = procedure
  const input = procedure.input ? toInput(procedure.input) : { properties: {} }
  const properties = input['properties'] as Record<string, JsonSchema>
  const required = new Set(input['required'] as string[] | undefined)
  const inQuery = takesQuery(rest)
  const others = Object.keys(properties).filter((field) => !pathParams.includes(field))
  const parameters = [
    ...pathParams.map((field) => ({ name: field, in: 'path', required: true, schema: properties[field] ?? {} })),
    ...(inQuery
      ? others.map((field) => ({ name: field, in: 'query', required: required.has(field), schema: properties[field] }))
      : []),
    ...('clientKey' in properties ? [idempotencyKey] : []),
  ]
  const body = {
    type: 'object',
    properties: Object.fromEntries(others.map((field) => [field, properties[field]])),
    required: others.filter((field) => required.has(field)),
    additionalProperties: false,
  }
  const status = rest.status ?? 200
  const content = status === 204 ? {} : { content: { 'application/json': { schema: output } } }
  return {
    operationId: name,
    summary: rest.summary,
    tags: [rest.tag],
    ...(access === 'public' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(!inQuery &&
      others.length > 0 && {
        requestBody: { required: body.required.length > 0, content: { 'application/json': { schema: body } } },
      }),
    responses: { [status]: { description: 'Done', ...content }, default: refusalRef },
  }
}

const description = `Agents, conversations and executions. Every operation is also a tRPC procedure of the same name.

What is refused is answered with \`{"error": {"code", "message", "requestId", "details"}}\` and one of these: ${errorCodes()}.`

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same as clientKey: the same key in the same conversation is one send.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}
