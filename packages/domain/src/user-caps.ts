/** How much one person may have under way at a time; settings of the operator. */
export interface UserCaps {
  /** Executions that run, in all processes together; more of them stay queued, so that others get their turn. */
  running: number
  /** Executions that are queued, running or waiting; more are refused. */
  active: number
  /** Event streams that are open on one replica. */
  streams: number
}

export const defaultUserCaps: UserCaps = { running: 1000, active: 2000, streams: 2500 }
