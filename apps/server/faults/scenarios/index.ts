import type { Scenario } from '../scenario.ts'
import { cancelInEachPhase, cancelRacesFinish } from './cancel.ts'
import { clientDrops } from './client-drops.ts'
import { duplicateSends } from './duplicate-sends.ts'
import { everyFailPoint } from './fail-points.ts'
import { killMidToken } from './kill-mid-token.ts'
import { killMidTool } from './kill-mid-tool.ts'
import { pauses } from './pauses.ts'
import { reconnectElsewhere } from './reconnect-elsewhere.ts'
import { secondTab } from './second-tab.ts'

/** Everything that is survived. */
export const scenarios: readonly Scenario[] = [
  clientDrops,
  reconnectElsewhere,
  secondTab,
  duplicateSends,
  everyFailPoint,
  killMidToken,
  killMidTool,
  pauses,
  cancelInEachPhase,
  cancelRacesFinish,
]
