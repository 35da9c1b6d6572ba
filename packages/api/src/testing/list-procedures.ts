import { appRouter } from '../app-router.ts'
import type { Meta } from '../meta.ts'

export interface ListedProcedure {
  /** `noun.verb`. */
  name: string
  type: 'query' | 'mutation' | 'subscription'
  meta: Meta
}

/** Every procedure that the running router has, with what it declares: for tests that try each. */
export function listProcedures(): ListedProcedure[] {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: Omit<ListedProcedure, 'name'> }>
  return Object.entries(procedures).map(([name, { _def }]) => ({ name, type: _def.type, meta: _def.meta }))
}
