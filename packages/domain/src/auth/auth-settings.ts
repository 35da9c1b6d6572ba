export interface AuthSettings {
  /** At least 32 bytes; signs access tokens and derives refresh tokens. */
  secret: Uint8Array
  accessTokenSeconds: number
  refreshTokenSeconds: number
  /** How long the refresh token before the current one is still honoured. */
  refreshGraceSeconds: number
}

export const defaultAuthSettings: Omit<AuthSettings, 'secret'> = {
  accessTokenSeconds: 15 * 60,
  refreshTokenSeconds: 30 * 24 * 3600,
  refreshGraceSeconds: 30,
}
