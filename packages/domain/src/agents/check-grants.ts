import type { ToolGrant } from '@kickstartmyai/contract'
import type { Deps } from '../deps.ts'
import { DomainError } from '../domain-error.ts'

/** Throws VALIDATION_FAILED when a grant names a tool that does not exist or one twice. */
export function checkGrants({ tools }: Pick<Deps, 'tools'>, grants: readonly ToolGrant[]): void {
  const issues = grants.flatMap(({ name }, index) => {
    const path = `tools.${index}.name`
    if (!tools.get(name)) return [{ path, message: `There is no tool named “${name}”.` }]
    if (grants.findIndex((grant) => grant.name === name) < index) return [{ path, message: `“${name}” stands twice.` }]
    return []
  })
  if (issues.length > 0) throw new DomainError('VALIDATION_FAILED', 'Some tools cannot be granted.', { issues })
}
