import { type Client, createClient, memorySession } from '@kickstartmyai/client'
import type { World } from './world.ts'

export const providers = ['openai', 'anthropic'] as const
export type Provider = (typeof providers)[number]

/** Someone with an account, an agent for each provider, and as many devices as needed. */
export interface Person {
  /** The typed client, against this server. */
  at(url: string, fetch?: typeof globalThis.fetch): Client
  token(): Promise<string>
  agents: Record<Provider, string>
}

const password = 'the password of a person'

export async function newPerson(world: World, url: string): Promise<Person> {
  const session = memorySession()
  const at = (place: string, fetch?: typeof globalThis.fetch) => createClient({ url: place, session, fetch })
  const api = at(url)
  world.secrets.add(password)
  const keep = (tokens: { accessToken: string; refreshToken?: string | undefined }) => {
    for (const token of [tokens.accessToken, tokens.refreshToken]) if (token) world.secrets.add(token)
  }
  const { save } = session
  session.save = (tokens) => {
    keep(tokens)
    return save(tokens)
  }
  await api.auth.register({ email: `${crypto.randomUUID()}@example.com`, password })
  const agent = (provider: Provider) =>
    api.agents.create({ name: provider, provider, tools: ['calculator', 'effect'] }).then(({ id }) => id)
  const [openai, anthropic] = await Promise.all(providers.map(agent))
  return {
    at,
    token: async () => (await session.load())?.accessToken ?? '',
    agents: { openai: openai!, anthropic: anthropic! },
  }
}
