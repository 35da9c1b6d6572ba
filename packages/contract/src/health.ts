import { z } from 'zod'
import { Timestamp } from './time.ts'

export const HealthStatus = z.enum(['healthy', 'degraded', 'unhealthy'])
export type HealthStatus = z.infer<typeof HealthStatus>

export const Health = z.object({
  status: HealthStatus,
  version: z.string(),
  timestamp: Timestamp,
  components: z.array(
    z.object({ name: z.string(), status: HealthStatus, message: z.string().optional(), responseTimeMs: z.number() }),
  ),
})
export type Health = z.infer<typeof Health>
