import type { JobInsert, PgBoss } from 'pg-boss'
import { createBatcher } from '../batcher.ts'
import type { Jobs } from './jobs.ts'

interface Sending {
  name: string
  insert: JobInsert
}

/** Leaves jobs that are sent at the same time in one statement for each kind. `onSent` is told which kinds there are now. */
export function createJobSender(boss: PgBoss, onSent: (name: string) => void): Jobs['send'] {
  const insert = async (sendings: readonly Sending[]) => {
    for (const [name, sent] of Map.groupBy(sendings, (sending) => sending.name)) {
      await boss.insert(
        name,
        sent.map((sending) => sending.insert),
      )
      onSent(name)
    }
    return sendings.map(() => undefined)
  }
  const send = createBatcher(insert, { most: 1000, parallel: 1 })
  return async (job, payload) => send({ name: job.name, insert: { data: payload, singletonKey: job.keyOf(payload) } })
}
