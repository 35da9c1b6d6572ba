import type { Health } from '@kickstartmyai/contract'
import { Hono } from 'hono'
import type { AppEnv } from './app-env.ts'

export interface HealthOptions {
  version: string
  phase: () => 'starting' | 'ready' | 'draining'
  /** Throws when the database does not answer. */
  checkDatabase: () => Promise<void>
  now: () => number
}

/** Longest wait for a component's sign of life, in milliseconds. */
const patience = 2000

/** The probes: alive (the process answers), started, ready (send traffic), and all of it with components. */
export function health(options: HealthOptions): Hono<AppEnv> {
  const { phase, now } = options
  return new Hono<AppEnv>()
    .get('/live', (c) => c.json({ status: 'alive' }))
    .get('/startup', (c) => c.json({ status: phase() }, phase() === 'starting' ? 503 : 200))
    .get('/ready', async (c) => {
      if (phase() !== 'ready') return c.json({ status: phase() }, 503)
      const database = await probeDatabase(options)
      return c.json(
        { status: database.status === 'healthy' ? 'ready' : 'unready' },
        database.status === 'healthy' ? 200 : 503,
      )
    })
    .get('/', async (c) => {
      const database = await probeDatabase(options)
      const report: Health = {
        status: database.status === 'healthy' && phase() === 'draining' ? 'degraded' : database.status,
        version: options.version,
        timestamp: new Date(now()).toISOString(),
        components: [database],
      }
      return c.json(report, report.status === 'unhealthy' ? 503 : 200)
    })
}

async function probeDatabase({ checkDatabase, now }: HealthOptions): Promise<Health['components'][number]> {
  const startedAt = now()
  const timeout = AbortSignal.timeout(patience)
  const tooLate = new Promise<never>((_, reject) => timeout.addEventListener('abort', () => reject(timeout.reason)))
  try {
    await Promise.race([checkDatabase(), tooLate])
    return { name: 'database', status: 'healthy', responseTimeMs: now() - startedAt }
  } catch {
    return { name: 'database', status: 'unhealthy', message: 'It does not answer.', responseTimeMs: now() - startedAt }
  }
}
