import { monitorEventLoopDelay } from 'node:perf_hooks'
import { serve } from '@hono/node-server'
import { createApp } from '@kickstartmyai/api'
import { authenticate, createAgent, createConversation, type Deps, register } from '@kickstartmyai/domain'
import { createTestWorld } from '@kickstartmyai/domain/testing'
import { readEnv } from '../src/env.ts'
import { requestLimits } from '../src/request-limits.ts'

/**
 * The product's own API with twenty agents and conversations of one person: `checked` as it is, `open` with a person who is
 * taken for granted, whoever asks. Prints its URL. `node authentication-server.ts checked|open`
 */
const world = await createTestWorld()
const deps: Deps = world.deps
const origin = { address: null, userAgent: null, requestId: null }
/** `reader` has something to read; the others only sign in. */
const signUp = (name: string) => register(deps, { email: `${name}@example.com`, password: 'a long password' }, origin)
const { accessToken } = await signUp('reader')
const actor = await authenticate(deps, accessToken, origin)
for (let count = 0; count < 50; count++) await signUp(`person${count}`)
for (let count = 0; count < 20; count++) {
  const nothing = { provider: null, model: null, temperature: null, maxTokens: null, tools: [] }
  const agent = { name: `Agent ${count}`, description: '', systemPrompt: 'Be brief.', maxIterations: 10, ...nothing }
  const { id } = await createAgent(deps, actor, { ...agent, whenBusy: 'queue', status: 'active' })
  await createConversation(deps, actor, { agentId: id })
}
if (process.argv[2] === 'open') {
  const { userId: id, role, sessionId } = actor
  deps.verifyAccessToken = async () => sessionId as NonNullable<typeof sessionId>
  deps.lookUps = { ...deps.lookUps, caller: async () => ({ id, role, apiKey: null }) }
}

/** The limits count, and refuse nobody. */
const many = '1000000000'
const unlimited = { RATE_LIMIT_PER_ADDRESS: many, RATE_LIMIT_PER_USER: many, RATE_LIMIT_PER_KEY: many }

const app = createApp({
  deps,
  version: 'bench',
  publicUrl: undefined,
  corsOrigins: [],
  trustedProxies: [],
  allowedHosts: [],
  rateLimits: requestLimits(readEnv(unlimited), undefined),
  answerMs: 60_000,
  showOutbox: false,
  phase: () => 'ready',
  checkDatabase: async () => {},
})
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()

/** The longest and the usual time for which the event loop was not asked, in ms, since it was told last. */
function tellDelay(): Response {
  const told = { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 }
  delay.reset()
  return Response.json(told)
}

serve(
  {
    fetch: (request, env) => (request.url.endsWith('/bench/delay') ? tellDelay() : app.fetch(request, env)),
    port: 0,
    hostname: '127.0.0.1',
  },
  ({ port }) => process.stdout.write(`http://127.0.0.1:${port}\n`),
)
process.on('SIGTERM', () => process.exit(0))
