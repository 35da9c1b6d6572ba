import type { Deps } from '../deps.ts'
import type { Engine } from '../executions/engine.ts'
import type { TestWorld } from './test-world.ts'

/** A process that dies writes nothing more and renews nothing: its leases run out and another takes over. */
export const short = { leaseMs: 1500, heartbeatMs: 200, pollMs: 50 }

/** An engine whose database is gone from one moment to the next, as seen by a killed process. */
export function mortalProcess(world: TestWorld): { deps: Deps; engine: Engine; kill: () => void } {
  const { deps, engine } = world.replica(short)
  let dead = false
  const db = deps.db
  deps.db = new Proxy(db, {
    get(target, key) {
      if (dead) throw new Error('this process is dead')
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
  return { deps, engine, kill: () => void (dead = true) }
}
