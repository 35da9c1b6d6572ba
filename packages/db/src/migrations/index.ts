import type { Migration } from 'kysely/migration'
import * as accounts from './0001-accounts.ts'
import * as agents from './0002-agents.ts'
import * as conversations from './0003-conversations.ts'
import * as executions from './0004-executions.ts'
import * as approvals from './0005-approvals.ts'
import * as origins from './0006-origins.ts'
import * as titles from './0007-jobs-and-titles.ts'
import * as leanLog from './0008-lean-log.ts'
import * as audit from './0009-audit.ts'
import * as people from './0010-people.ts'
import * as grants from './0011-grants.ts'
import * as secrets from './0012-secrets.ts'
import * as rateLimits from './0013-rate-limits.ts'

/** Every migration by name; they run in the order of their names. */
export const migrations: Record<string, Migration> = {
  '0001-accounts': accounts,
  '0002-agents': agents,
  '0003-conversations': conversations,
  '0004-executions': executions,
  '0005-approvals': approvals,
  '0006-origins': origins,
  '0007-jobs-and-titles': titles,
  '0008-lean-log': leanLog,
  '0009-audit': audit,
  '0010-people': people,
  '0011-grants': grants,
  '0012-secrets': secrets,
  '0013-rate-limits': rateLimits,
}
