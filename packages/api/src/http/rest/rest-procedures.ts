import type { AnyRouter } from '@trpc/server'
import type { z } from 'zod'
import type { Meta, RestMeta } from '../../meta.ts'

/** A procedure as REST sees it. */
export interface RestProcedure {
  /** `noun.verb`, as tRPC names it. */
  name: string
  type: 'query' | 'mutation'
  access: Meta['access']
  rest: RestMeta
  /** The fields that the path names. */
  pathParams: string[]
  /** The field schemas of the input; empty for a procedure that takes none. */
  fields: Record<string, z.ZodType>
  input: z.ZodType | undefined
  output: z.ZodType | undefined
}

interface ProcedureDefinition {
  type: 'query' | 'mutation' | 'subscription'
  meta?: Meta
  inputs: z.ZodType[]
  output?: z.ZodType
}

/** Every procedure of a router that declares a place in REST. Throws when two claim the same one, or name it in two ways. */
export function restProcedures(router: AnyRouter): RestProcedure[] {
  const procedures = Object.entries(router._def.procedures as Record<string, { _def: ProcedureDefinition }>).flatMap(
    ([name, { _def }]) =>
      _def.meta?.rest && _def.type !== 'subscription' ? [toRest(name, _def.type, _def, _def.meta)] : [],
  )
  refuseClashes(procedures.map(({ rest }) => rest))
  return procedures
}

/** Whether a procedure's input, as far as it is not in the path, is in the query; else it is the body. */
export function takesQuery({ method, inBody }: RestMeta): boolean {
  return method === 'GET' || (method === 'DELETE' && !inBody)
}

function refuseClashes(places: RestMeta[]): void {
  const methods = new Set<string>()
  const paths = new Map<string, string>()
  for (const { method, path } of places) {
    if (methods.has(`${method} ${path}`)) throw new Error(`Two procedures claim ${method} ${path}.`)
    methods.add(`${method} ${path}`)
    // What a parameter is called does not tell two paths apart.
    const shape = path.replaceAll(/\{\w+\}/g, '{}')
    const other = paths.get(shape) ?? path
    if (other !== path) throw new Error(`${other} and ${path} are the same path.`)
    paths.set(shape, path)
  }
}

function toRest(name: string, type: 'query' | 'mutation', definition: ProcedureDefinition, meta: Meta): RestProcedure {
  const input = definition.inputs.at(-1)
  const rest = meta.rest as RestMeta
  return {
    name,
    type,
    access: meta.access,
    rest,
    pathParams: [...rest.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
    fields: input && 'shape' in input ? (input.shape as Record<string, z.ZodType>) : {},
    input,
    output: definition.output,
  }
}
