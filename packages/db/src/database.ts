import type { Kysely, Transaction as KyselyTransaction } from 'kysely'
import type { AgentTable } from './tables/agent.ts'
import type { ApiKeyTable } from './tables/api-key.ts'
import type { AuditEntryTable } from './tables/audit-entry.ts'
import type { ConversationTable } from './tables/conversation.ts'
import type { ExecutionEventTable } from './tables/execution-event.ts'
import type { ExecutionStepTable } from './tables/execution-step.ts'
import type { ExecutionTable } from './tables/execution.ts'
import type { GrantTable } from './tables/grant.ts'
import type { GroupMemberTable, GroupTable } from './tables/group.ts'
import type { MessageTable } from './tables/message.ts'
import type { SecretTable } from './tables/secret.ts'
import type { InvitationTable } from './tables/invitation.ts'
import type { OutboxMailTable } from './tables/outbox-mail.ts'
import type { SessionTable } from './tables/session.ts'
import type { SetupTable } from './tables/setup.ts'
import type { RecoveryCodeTable, TotpFactorTable } from './tables/totp.ts'
import type { UserTokenTable } from './tables/user-token.ts'
import type { UserTable } from './tables/user.ts'

export interface Schema {
  users: UserTable
  sessions: SessionTable
  agents: AgentTable
  api_keys: ApiKeyTable
  audit_entries: AuditEntryTable
  conversations: ConversationTable
  messages: MessageTable
  executions: ExecutionTable
  execution_steps: ExecutionStepTable
  execution_events: ExecutionEventTable
  secrets: SecretTable
  grants: GrantTable
  group_members: GroupMemberTable
  groups: GroupTable
  user_tokens: UserTokenTable
  invitations: InvitationTable
  totp_factors: TotpFactorTable
  recovery_codes: RecoveryCodeTable
  outbox_mails: OutboxMailTable
  setup: SetupTable
}

/** A connection pool or a transaction: whatever a repository can ask. */
export type Db = Kysely<Schema>

/** For statements that lock: their caller must be in a transaction. */
export type Transaction = KyselyTransaction<Schema>

/** Runs `work` in one transaction, which is rolled back when it throws. Never asks the pool for a second connection. */
export function inTransaction<Result>(db: Db, work: (tx: Transaction) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(work)
}
