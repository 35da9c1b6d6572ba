import type { Scenario } from '../scenario.ts'
import { clientDrops } from './client-drops.ts'
import { duplicateSends } from './duplicate-sends.ts'
import { killMidToken } from './kill-mid-token.ts'
import { reconnectElsewhere } from './reconnect-elsewhere.ts'
import { secondTab } from './second-tab.ts'

/** Everything that is survived. */
export const scenarios: readonly Scenario[] = [clientDrops, reconnectElsewhere, secondTab, killMidToken, duplicateSends]
