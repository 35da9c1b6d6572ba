import type { Scenario } from '../scenario.ts'
import { approvals } from './approvals.ts'
import { clientBlackHole, modelNetwork } from './bad-networks.ts'
import { cancelFamily, cancelQueued } from './cancel-others.ts'
import { cancelInEachPhase, cancelRacesFinish } from './cancel.ts'
import { clientDrops } from './client-drops.ts'
import { clockSkew } from './clock-skew.ts'
import { databaseNetwork } from './database-network.ts'
import { databaseDown, databaseFrozen, databaseRestart } from './database-server.ts'
import { databaseSessions, poolExhausted } from './database-sessions.ts'
import { duplicateSends } from './duplicate-sends.ts'
import { embedded } from './embedded.ts'
import { everyFailPoint } from './fail-points.ts'
import { killMidCommit } from './kill-mid-commit.ts'
import { killMidToken } from './kill-mid-token.ts'
import { killMidTool } from './kill-mid-tool.ts'
import { manyTiny, stampede } from './many.ts'
import { pauses } from './pauses.ts'
import { poison } from './poison.ts'
import { providerFaults } from './provider-faults.ts'
import { badReaders } from './readers.ts'
import { reconnectElsewhere } from './reconnect-elsewhere.ts'
import { retriesAndForks } from './retries-and-forks.ts'
import { rollingRestart } from './rolling-restart.ts'
import { secondTab } from './second-tab.ts'
import { badTools } from './tools.ts'

/** Everything that is survived. */
export const scenarios: readonly Scenario[] = [
  clientDrops,
  reconnectElsewhere,
  secondTab,
  clientBlackHole,
  modelNetwork,
  duplicateSends,
  everyFailPoint,
  killMidToken,
  killMidCommit,
  killMidTool,
  pauses,
  rollingRestart,
  poison,
  clockSkew,
  cancelInEachPhase,
  cancelRacesFinish,
  cancelQueued,
  cancelFamily,
  approvals,
  retriesAndForks,
  providerFaults,
  badTools,
  databaseRestart,
  databaseDown,
  databaseFrozen,
  databaseNetwork,
  databaseSessions,
  poolExhausted,
  embedded,
  manyTiny,
  stampede,
  badReaders,
]
