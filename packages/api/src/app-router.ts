import { agentsRouter } from './routers/agents.ts'
import { apiKeysRouter } from './routers/api-keys.ts'
import { auditRouter } from './routers/audit.ts'
import { authRouter } from './routers/auth.ts'
import { conversationsRouter } from './routers/conversations.ts'
import { executionsRouter } from './routers/executions.ts'
import { groupsRouter } from './routers/groups.ts'
import { messagesRouter } from './routers/messages.ts'
import { modelsRouter } from './routers/models.ts'
import { providerKeysRouter } from './routers/provider-keys.ts'
import { invitationsRouter } from './routers/invitations.ts'
import { outboxRouter } from './routers/outbox.ts'
import { toolsRouter } from './routers/tools.ts'
import { usersRouter } from './routers/users.ts'
import { router } from './trpc.ts'

/** Every procedure there is. Clients know this type and nothing else of the server. */
export const appRouter = router({
  auth: authRouter,
  users: usersRouter,
  invitations: invitationsRouter,
  outbox: outboxRouter,
  agents: agentsRouter,
  apiKeys: apiKeysRouter,
  conversations: conversationsRouter,
  messages: messagesRouter,
  executions: executionsRouter,
  groups: groupsRouter,
  tools: toolsRouter,
  models: modelsRouter,
  providerKeys: providerKeysRouter,
  audit: auditRouter,
})

export type AppRouter = typeof appRouter
