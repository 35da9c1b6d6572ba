import type { ToolRegistry } from '@kickstartmyai/ai'
import type { ApiKeyId, ExecutionId } from '@kickstartmyai/contract'
import type { Claimant, Db, ExecutionRow } from '@kickstartmyai/db'
import type { VerifyAccessToken } from './auth/access-token.ts'
import type { AccountSettings } from './auth/account-settings.ts'
import type { AuthSettings } from './auth/auth-settings.ts'
import type { OpenStreams } from './auth/open-streams.ts'
import type { Clock } from './clock.ts'
import type { EventHub } from './executions/event-hub.ts'
import type { PassFailPoint } from './executions/fail-points.ts'
import type { SentMessage } from './executions/run.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Gate } from './limits/gate.ts'
import type { Limiter } from './limits/limiter.ts'
import type { Logger } from './logger.ts'
import type { LookUps } from './look-ups.ts'
import type { Mailer } from './mail/mailer.ts'
import type { ModelSource } from './models/model-source.ts'
import type { SecretBox } from './secrets/secret-box.ts'
import type { UserCaps } from './user-caps.ts'

/** Everything that the domain needs from outside, made once by the composition root or by a test. */
export interface Deps {
  db: Db
  clock: Clock
  /** A new UUIDv7. */
  newId: () => string
  log: Logger
  auth: AuthSettings
  accounts: AccountSettings
  verifyAccessToken: VerifyAccessToken
  /** Counts what could be done too often. */
  limiter: Limiter
  /** Passed before every hashing of a password. */
  passwordGate: Gate
  secrets: SecretBox
  lookUps: LookUps
  /** Told that an API key was used. */
  keyUsed: (apiKeyId: ApiKeyId) => void
  caps: UserCaps
  models: ModelSource
  tools: ToolRegistry
  events: EventHub
  openStreams: OpenStreams
  mailer: Mailer
  /** Where work is left that may be done later. */
  jobs: Jobs
  /** In whose name an execution may be claimed as it is written; null when this process takes none now. */
  claimant: () => Claimant | null
  /** Told of an execution that was written as claimed by this process: it runs it. */
  onClaimed: (row: ExecutionRow, sent: SentMessage) => void
  /** Told that an execution was queued, so that it starts at once; its absence only delays. */
  onQueued: () => void
  /** Told of an execution that is complete, with its answer stored; its absence only delays what follows from answers. */
  onAnswered: (row: ExecutionRow) => void
  /** Told that a stop was asked for; its absence only delays. */
  onCancelRequested: (executionId: ExecutionId) => void
  /** Passed at every durability boundary; does nothing outside of tests. */
  failPoint: PassFailPoint
}
