import { cookieSession, createClient, type Client } from '@kickstartmyai/client'

/**
 * The client of the page's own server. The access token is held in memory, the refresh token by a cookie that scripts
 * cannot see. `onSessionEnd` is told when the server has ended the session.
 */
export function createWebClient(onSessionEnd: () => void): Client {
  return createClient({ url: '', session: cookieSession(), onSessionEnd })
}
