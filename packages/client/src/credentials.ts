/** How requests show who calls. */
export interface Credentials {
  /** The access token to send; null for none. */
  token(): Promise<string | null>
  /** Called when the server refused `refused`. True when there is another token to try now. */
  renew(refused: string | null): Promise<boolean>
}

export type TokenSource = string | (() => string | null | Promise<string | null>)

/** A token that is given from outside: fixed, or asked for at each request. */
export function givenToken(source: TokenSource | undefined): Credentials {
  const token = async () => (typeof source === 'function' ? source() : (source ?? null))
  return { token, renew: async (refused) => typeof source === 'function' && (await token()) !== refused }
}
