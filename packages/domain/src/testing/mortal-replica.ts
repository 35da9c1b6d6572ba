import { systemClock } from '../clock.ts'
import type { Deps } from '../deps.ts'
import type { Engine, EngineSettings } from '../executions/engine.ts'
import type { FailPoint } from '../executions/fail-points.ts'
import type { TestWorld } from './test-world.ts'

export interface MortalReplica extends Disposable {
  deps: Deps
  engine: Engine
  /** Resolves when it has died. */
  died: Promise<void>
  readonly isDead: boolean
  /** Lets go of what it was held at, so that its world can be closed. */
  bury(): void
}

const dead = () => new Error('this process is dead')

/**
 * A process that dies at a fail-point: it gets no further than that, and its database is gone, which rolls back what it
 * had begun. Dispose of it after its world.
 */
export function createMortalReplica(
  world: TestWorld,
  point: FailPoint,
  settings: Partial<EngineSettings> = {},
): MortalReplica {
  const { deps, engine } = world.replica(settings)
  const death = Promise.withResolvers<void>()
  const burial = Promise.withResolvers<void>()
  let isDead = false
  let isBuried = false
  let isGone = false
  deps.db = new Proxy(deps.db, {
    get(target, key) {
      if (isDead) throw dead()
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
  // What is left of it must end in time for the test: it tries again at once, and in the end no more.
  deps.clock = {
    now: systemClock.now,
    sleep: (ms, signal) => (isGone ? new Promise(() => {}) : systemClock.sleep(isDead ? Math.min(ms, 20) : ms, signal)),
  }
  deps.failPoint = (passed) => {
    if (passed === point && !isDead) {
      isDead = true
      death.resolve()
    }
    if (!isDead || isBuried) return
    // Before a commit the work is undone; after one nothing follows.
    if (passed.endsWith('.before')) throw dead()
    return burial.promise
  }
  return {
    deps,
    engine,
    died: death.promise,
    get isDead() {
      return isDead
    },
    [Symbol.dispose]() {
      isGone = true
    },
    bury() {
      isBuried = true
      burial.resolve()
    },
  }
}
