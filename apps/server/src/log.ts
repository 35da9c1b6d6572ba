import { type DestinationStream, type Logger, pino } from 'pino'

/** What a secret is called, wherever one might stand. */
const names = [
  'apiKey',
  'authorization',
  'connectionString',
  'cookie',
  'currentPassword',
  'key',
  'newPassword',
  'password',
  'recoveryCode',
  'refreshToken',
  'accessToken',
  'secret',
  'set-cookie',
  'token',
  'totp',
]

/** At the top, in what was logged as a field, in an error's own field, and in that one's. */
const paths = names.flatMap((name) => ['', '*.', '*.*.', '*.*.*.'].map((before) => `${before}["${name}"]`))

/** Structured logs on standard output, one JSON object a line. Secrets have no way in; these paths are a second lock. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: paths.map((path) => path.replace('.["', '["')) },
  }
  return destination ? pino(options, destination) : pino(options)
}
