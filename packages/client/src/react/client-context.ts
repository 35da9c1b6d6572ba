import { createContext, use } from 'react'
import type { Client } from '../create-client.ts'

export const ClientContext = createContext<Client | null>(null)

/** The client that the KickStartProvider above was given. */
export function useClient(): Client {
  const client = use(ClientContext)
  if (!client) throw new Error('useClient needs a KickStartProvider above it')
  return client
}
