import * as contract from '@kickstartmyai/contract'
import { z } from 'zod'

/** The schemas that stand under their own names in the document, so that it reads like the contract. */
const named = {
  Account: contract.Account,
  Agent: contract.Agent,
  ApiError: contract.ApiError,
  ApiKey: contract.ApiKey,
  AuditEntry: contract.AuditEntry,
  AuthSession: contract.AuthSession,
  Conversation: contract.Conversation,
  ErrorBody: contract.ErrorBody,
  Execution: contract.Execution,
  ExecutionError: contract.ExecutionError,
  ExecutionEvent: contract.ExecutionEventBody.and(z.object({ seq: z.number().int().min(1) })),
  ExecutionEventBody: contract.ExecutionEventBody,
  ExecutionStep: contract.ExecutionStep,
  Group: contract.Group,
  GroupMember: contract.GroupMember,
  Invitation: contract.Invitation,
  Message: contract.Message,
  MessagePart: contract.MessagePart,
  Model: contract.Model,
  OutboxMail: contract.OutboxMail,
  ProviderKey: contract.ProviderKey,
  RecoveryCodes: contract.RecoveryCodes,
  Session: contract.Session,
  Share: contract.Share,
  Tool: contract.Tool,
  Usage: contract.Usage,
  User: contract.User,
} satisfies Record<string, z.ZodType>

export type JsonSchema = Record<string, unknown>

/**
 * Turns output schemas into JSON Schema together with the named ones, to which they refer. Gives `#/components/schemas`
 * and the schema of each output in the order in which they were given.
 */
export function toOutputs(outputs: readonly z.ZodType[]): {
  schemas: Record<string, JsonSchema>
  outputs: JsonSchema[]
} {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id })
  const ids = outputs.map((schema, index) => {
    const known = registry.get(schema)
    if (!known) registry.add(schema, { id: `output-${index}` })
    return known?.id ?? `output-${index}`
  })
  const all = z.toJSONSchema(registry, {
    uri: refTo,
    io: 'output',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Answers may grow: whoever checks them must not trip over a new field.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      dropRedundantPattern(jsonSchema)
    },
  }).schemas as Record<string, JsonSchema>
  return {
    schemas: Object.fromEntries(Object.keys(named).map((id) => [id, clean(all[id] ?? {})])),
    outputs: ids.map((id) => (id in named ? { $ref: refTo(id) } : clean(all[id] ?? {}))),
  }
}

const refTo = (id: string) => `#/components/schemas/${id}`

/** An input schema: what a caller may leave out, and what it may write in several ways, as it is before parsing. */
export function toInput(schema: z.ZodType): JsonSchema {
  return clean(
    z.toJSONSchema(schema, {
      io: 'input',
      override: ({ jsonSchema }) => dropRedundantPattern(jsonSchema),
    }) as JsonSchema,
  )
}

/** The expression behind a format is long and says nothing that the format's name does not. */
function dropRedundantPattern(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.format !== undefined) delete schema.pattern
}

function clean({ $schema: _, $id: __, id: ___, ...schema }: JsonSchema): JsonSchema {
  return schema
}
