import type { ModelInfo, Provider } from '@kickstartmyai/ai'
import type { UserId, VendorName } from '@kickstartmyai/contract'
import type { SecretRow } from '@kickstartmyai/db'
import type { Clock } from '../clock.ts'

/** A vendor that answers to a person's own key, whether or not the server has one. */
export interface Vendor {
  readonly name: VendorName
  readonly models: readonly ModelInfo[]
  withKey(apiKey: string): Provider
}

/** People's own keys and what they open. */
export interface OwnKeys {
  vendors: readonly Vendor[]
  /** The person's own keys, as they are stored. */
  keysOf: (userId: UserId) => Promise<readonly SecretRow[]>
  /** Throws SecretUnreadable. */
  openKey: (row: SecretRow) => string
  clock: Clock
}
