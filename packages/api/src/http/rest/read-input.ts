import { DomainError } from '@kickstartmyai/domain'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppEnv } from '../app-env.ts'
import { type RestProcedure, takesQuery } from './rest-procedures.ts'

type Fields = Record<string, unknown>

/**
 * The input of a procedure: from the path, and from the query of GET and DELETE or the body of the others. Unknown fields
 * are left in, so that the procedure's strict schema refuses them by name. How deep JSON may be nested is checked there
 * too. Throws VALIDATION_FAILED and UNSUPPORTED_MEDIA_TYPE.
 */
export async function readInput(c: Context<AppEnv>, procedure: RestProcedure): Promise<Fields | undefined> {
  const { rest, pathParams, fields, input } = procedure
  const given = takesQuery(rest) ? readQuery(c, fields) : await readBody(c)
  for (const name of pathParams) {
    const value = c.req.param(name)
    if (name in given && given[name] !== value) throw invalid(name, `${name} in the path and in the rest differ.`)
    given[name] = value
  }
  const key = c.req.header('idempotency-key')
  if (key !== undefined && 'clientKey' in fields) {
    if (given['clientKey'] !== undefined && given['clientKey'] !== key) {
      throw invalid('clientKey', 'clientKey and the Idempotency-Key header differ.')
    }
    given['clientKey'] = key
  }
  if (input) return given
  // Without a schema nobody else would refuse what is too much.
  const [unknown] = Object.keys(given)
  if (unknown !== undefined) throw invalid(unknown, `There is no field ${unknown} here.`)
  return undefined
}

function readQuery(c: Context<AppEnv>, fields: RestProcedure['fields']): Fields {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length > 1 || takesList(fields[name]) ? values : values[0],
    ]),
  )
}

/** So that `?tag=a` is a list of one where a list is asked for. */
function takesList(field: unknown): boolean {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return takesList(field.unwrap())
  return field instanceof z.ZodArray
}

async function readBody(c: Context<AppEnv>): Promise<Fields> {
  // Addresses are kept in logs and histories, where a password must not be.
  const [misplaced] = Object.keys(c.req.queries())
  if (misplaced !== undefined) throw invalid(misplaced, `Send ${misplaced} in the body, not in the query.`)
  const text = await c.req.text()
  if (text === '') return {}
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', 'Send JSON, with Content-Type: application/json.')
  }
  const body = parse(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid('', 'The body must be a JSON object.')
  return { ...body }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw invalid('', 'The body is not valid JSON.')
  }
}

function invalid(path: string, message: string): DomainError {
  return new DomainError('VALIDATION_FAILED', message, { issues: [{ path, message }] })
}
