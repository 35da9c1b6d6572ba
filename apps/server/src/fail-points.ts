import { type FailPoint, failPoints, type PassFailPoint } from '@kickstartmyai/domain'
import type { z } from 'zod'

/** What a test wants to happen when a fail-point is passed for the `at`-th time. */
export interface PlannedFailure {
  point: FailPoint
  at: number
  /** `kill`: this process, as by kill -9. A number: stand still at this point for so many milliseconds. */
  action: 'kill' | number
}

/** Reads `FAIL_POINT`: `<point>[#<count>][=kill|=<milliseconds>]`, for example `end.after#2=kill`. */
export function parseFailPoint(text: string | undefined, context: z.RefinementCtx): PlannedFailure | undefined {
  if (text === undefined) return undefined
  const [, name, at = '1', action = 'kill'] = /^([a-z_.]+)(?:#(\d+))?(?:=(kill|\d+))?$/.exec(text) ?? []
  const point = failPoints.find((known) => known === name)
  if (point) return { point, at: Number(at), action: action === 'kill' ? 'kill' : Number(action) }
  context.addIssue({
    code: 'custom',
    message: `must be <point>[#<count>][=kill|=<ms>] with one of: ${failPoints.join(', ')}`,
  })
  return undefined
}

/** Passes every fail-point but the planned one. */
export function passUntil({ point, at, action }: PlannedFailure): PassFailPoint {
  let passed = 0
  return async (name) => {
    if (name !== point) return
    passed += 1
    if (passed !== at) return
    if (action === 'kill') process.kill(process.pid, 'SIGKILL')
    // A signal to oneself is delivered soon, not at once: nothing may happen meanwhile.
    await new Promise((resolve) => setTimeout(resolve, action === 'kill' ? 60_000 : action))
  }
}
