/** Writes of the engine that commit something, by name; each has a moment before and one after. */
const boundaries = [
  'send',
  'cancel',
  'claim',
  'flush',
  'step_finished',
  'tool_called',
  'tool_finished',
  'tool_given_up',
  'approval_requested',
  'approval_decided',
  'waiting',
  'end',
  'release',
] as const

/** A write that a crash can fall before or after. */
export type Boundary = (typeof boundaries)[number]

/**
 * A moment at which a crash matters: right before a commit (nothing of it is stored) or right after (it is stored, and
 * nobody has heard of it: not the caller, not the followers, not the tool).
 */
export type FailPoint = `${Boundary}.before` | `${Boundary}.after`

/** Every fail-point, so that a test can go through all of them. */
export const failPoints: readonly FailPoint[] = boundaries.flatMap((name) => [
  `${name}.before` as const,
  `${name}.after` as const,
])

/** Told of each fail-point that is passed. Outside of tests it does nothing; in a test it may kill the process. */
export type PassFailPoint = (point: FailPoint) => Promise<void> | void
