import { setTimeout as sleep } from 'node:timers/promises'
import type { Trial } from './trial.ts'

/**
 * How long a trial may stand still, and how long it may take at all, in seconds. On a slow machine everything takes longer,
 * but something goes on.
 */
const patience = { quick: { still: 75, all: 180 }, full: { still: 150, all: 400 } }

/** Resolves, saying so, when nothing was acknowledged, heard or started for long, or the trial takes too long altogether. */
export async function standsStill({ world, ledger, isFull, over }: Trial): Promise<string> {
  const { still, all } = patience[isFull ? 'full' : 'quick']
  const heard = () => ledger.followers.reduce((sum, { events }) => sum + events.length, 0)
  const steps = () => heard() + ledger.sends.length + world.servers.length
  const beganAt = performance.now()
  for (let known = steps(), since = beganAt; ;) {
    await sleep(1000, undefined, { signal: over, ref: false })
    const now = performance.now()
    if (steps() !== known) [known, since] = [steps(), now]
    if (now - since > still * 1000) return `nothing has gone on for ${still} s, and the trial has not ended`
    if (now - beganAt > all * 1000) return `the trial has not ended within ${all} s`
  }
}

/** What a trial that does not end waits for, in words: executions that are under way, and who still follows them. */
export async function whereItStands({ world, ledger }: Trial): Promise<string[]> {
  const conversations = [...new Set(ledger.sends.map(({ conversationId }) => conversationId))]
  const rows = world.sql<{ id: string; standing: string }>(
    `select id, concat(status, ', epoch ', epoch, ', attempt ', attempts, ', last event ', last_seq, ', lease until ',
       lease_until, ', now ', clock_timestamp()) as standing
     from executions where conversation_id = any($1::uuid[]) and status in ('queued', 'running', 'waiting')`,
    [conversations],
  )
  const underWay = await Promise.race([
    rows.then((all) => all.map(({ id, standing }) => `${id} is ${standing}`)),
    sleep(5000, ['the database does not answer'], { ref: false }),
  ]).catch((error: unknown) => [`the database does not answer: ${String(error)}`])
  const following = ledger.followers
    .filter(({ stayed }) => !stayed)
    .map(({ follower, executionId, after, events }) => {
      const last = events.at(-1)
      return `${follower} follower of ${executionId} stands at ${last?.seq ?? after} ${last?.type ?? ''}`
    })
  const asked = `requests to models that are open: ${world.models.openRequests}`
  return [...ledger.violations, ...underWay, ...following.slice(0, 8), asked]
}
