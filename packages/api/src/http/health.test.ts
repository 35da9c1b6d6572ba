import { describe, expect, test, vi } from 'vitest'
import { health, type HealthOptions } from './health.ts'

const probe = async (path: string, options: Partial<HealthOptions> = {}) => {
  const app = health({
    version: '1.2.3',
    phase: () => 'ready',
    checkDatabase: async () => {},
    now: () => 1_000,
    ...options,
  })
  const response = await app.request(path)
  return { status: response.status, body: (await response.json()) as unknown }
}
const broken = async () => {
  throw new Error('ECONNREFUSED 10.0.0.7')
}

test('alive is who answers, whatever else is broken', async () => {
  expect(await probe('/live', { phase: () => 'starting', checkDatabase: broken })).toMatchObject({ status: 200 })
})

test('started is whoever is no longer starting', async () => {
  expect(await probe('/startup', { phase: () => 'starting' })).toMatchObject({ status: 503 })
  expect(await probe('/startup', { phase: () => 'draining' })).toMatchObject({ status: 200 })
})

test('ready is who has started, is not draining and has a database', async () => {
  expect(await probe('/ready')).toMatchObject({ status: 200, body: { status: 'ready' } })
  expect(await probe('/ready', { phase: () => 'starting' })).toMatchObject({ status: 503 })
  expect(await probe('/ready', { phase: () => 'draining' })).toMatchObject({ status: 503 })
  expect(await probe('/ready', { checkDatabase: broken })).toMatchObject({ status: 503, body: { status: 'unready' } })
})

describe('the report', () => {
  test('names the components, and nothing of what is inside', async () => {
    const timestamp = '1970-01-01T00:00:01.000Z'
    const healthy = await probe('/')
    expect(healthy).toMatchObject({ status: 200, body: { status: 'healthy', version: '1.2.3', timestamp } })
    const unhealthy = await probe('/', { checkDatabase: broken })
    expect(unhealthy).toMatchObject({
      status: 503,
      body: { status: 'unhealthy', components: [{ name: 'database', status: 'unhealthy' }] },
    })
    expect(JSON.stringify(unhealthy.body)).not.toContain('10.0.0.7')
    expect(await probe('/', { phase: () => 'draining' })).toMatchObject({ status: 200, body: { status: 'degraded' } })
  })

  test('does not wait for ever for a database', async () => {
    vi.useFakeTimers()
    const report = probe('/', { checkDatabase: () => new Promise(() => {}) })
    await vi.advanceTimersByTimeAsync(10_000)
    vi.useRealTimers()
    expect(await report).toMatchObject({ status: 503 })
  })
})
