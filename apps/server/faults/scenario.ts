import type { Cluster } from './cluster.ts'
import type { Trial } from './trial.ts'
import type { WorldOptions } from './world.ts'

/** Something bad that happens, and how often it is tried. Seeds follow one another, so `seed % n` goes through n cases. */
export interface Scenario {
  name: string
  /** What survives, in a sentence. */
  survives: string
  trials: { quick: number; full: number }
  /** Trials at a time; 1 unless told. */
  parallel?: number
  /** Whether each trial has a world to itself (its servers die) or all share one. */
  world: 'own' | 'shared'
  servers?: WorldOptions
  /** The database server itself is ill-treated: it gets one of its own. */
  needsCluster?: boolean
  /** It fills the machine: nothing else runs beside it. */
  isHeavy?: boolean
  run(trial: Trial & { cluster: Cluster | null }): Promise<void>
}
