import type { Answer, Person } from './person.ts'
import type { TestServer } from './test-server.ts'

export interface Stage {
  server: TestServer
  person: Person
  /** For what somebody else than `person` does in the name of the procedure. */
  headers: Record<string, string>
}

/** Calls /api/v1 in the name of the procedure: its request id is what its audit entries are found by. */
export type Call = (method: string, path: string, body?: unknown) => Promise<Answer>

export interface Deed {
  /** The action that the log must hold afterwards. */
  action: string
  /** Does it; what has to be there before is made by `stage.person`. */
  run(call: Call, stage: Stage): Promise<unknown>
}
