import { createRootRouteWithContext, createRoute, createRouter, redirect } from '@tanstack/react-router'
import type { AgentFilter } from '../features/agents/agents-page.tsx'
import { NotFoundPage } from './routes/not-found.tsx'
import { RootLayout } from './routes/root.tsx'
import { RouteError } from './routes/route-error.tsx'
import { RoutePending } from './routes/route-pending.tsx'
import { safeNext } from './safe-next.ts'
import type { SessionStore } from './session-store.ts'

interface RouterContext {
  session: SessionStore
}

const root = createRootRouteWithContext<RouterContext>()({ component: RootLayout })

/** For those who are not signed in; the others are sent on to where they wanted to go. */
const guest = createRoute({
  getParentRoute: () => root,
  id: 'guest',
  validateSearch: (search): { next?: string } => (typeof search['next'] === 'string' ? { next: search['next'] } : {}),
  beforeLoad: async ({ context, search }) => {
    const { status } = await context.session.restore()
    if (status === 'signed-in') throw redirect({ href: safeNext(search.next), replace: true })
  },
})

/** For those who are signed in; the others are asked to, and come back here. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  beforeLoad: async ({ context, location }) => {
    const { status } = await context.session.restore()
    if (status !== 'signed-in') throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true })
  },
}).lazy(() => import('./routes/app.tsx').then((module) => module.Route))

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/chat', replace: true })
  },
})

const signIn = createRoute({ getParentRoute: () => guest, path: 'sign-in' }).lazy(() =>
  import('./routes/sign-in.tsx').then((module) => module.Route),
)
const signUp = createRoute({ getParentRoute: () => guest, path: 'sign-up' }).lazy(() =>
  import('./routes/sign-up.tsx').then((module) => module.Route),
)
const invitation = createRoute({ getParentRoute: () => guest, path: 'invitation' }).lazy(() =>
  import('./routes/invitation.tsx').then((module) => module.Route),
)
const setup = createRoute({ getParentRoute: () => guest, path: 'setup' }).lazy(() =>
  import('./routes/setup.tsx').then((module) => module.Route),
)
const resetPassword = createRoute({ getParentRoute: () => root, path: 'reset-password' }).lazy(() =>
  import('./routes/reset-password.tsx').then((module) => module.Route),
)
const verifyEmail = createRoute({ getParentRoute: () => root, path: 'verify-email' }).lazy(() =>
  import('./routes/verify-email.tsx').then((module) => module.Route),
)
const chat = createRoute({
  getParentRoute: () => app,
  path: 'chat',
  validateSearch: (search): { agent?: string } =>
    typeof search['agent'] === 'string' ? { agent: search['agent'] } : {},
}).lazy(() => import('./routes/chat.tsx').then((module) => module.Route))
const conversation = createRoute({ getParentRoute: () => app, path: 'c/$conversationId' }).lazy(() =>
  import('./routes/conversation.tsx').then((module) => module.Route),
)
const isFilter = (value: unknown): value is AgentFilter =>
  value === 'active' || value === 'inactive' || value === 'archived'
const agents = createRoute({
  getParentRoute: () => app,
  path: 'agents',
  validateSearch: (search): { status?: AgentFilter } =>
    isFilter(search['status']) ? { status: search['status'] } : {},
}).lazy(() => import('./routes/agents.tsx').then((module) => module.Route))
const newAgent = createRoute({ getParentRoute: () => app, path: 'agents/new' }).lazy(() =>
  import('./routes/new-agent.tsx').then((module) => module.Route),
)
const agent = createRoute({ getParentRoute: () => app, path: 'agents/$agentId' }).lazy(() =>
  import('./routes/agent.tsx').then((module) => module.Route),
)
const settings = createRoute({ getParentRoute: () => app, path: 'settings' }).lazy(() =>
  import('./routes/settings.tsx').then((module) => module.Route),
)

const routeTree = root.addChildren([
  index,
  guest.addChildren([signIn, signUp, invitation, setup]),
  resetPassword,
  verifyEmail,
  app.addChildren([chat, conversation, agents, newAgent, agent, settings]),
])

export function createAppRouter(session: SessionStore) {
  return createRouter({
    routeTree,
    context: { session },
    defaultPreload: 'intent',
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFoundPage,
    defaultPendingComponent: RoutePending,
    defaultPendingMs: 300,
    scrollRestoration: false,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
