import { type Logger, pino } from 'pino'

/** Structured logs on standard output, one JSON object a line. Secrets have no way in; these paths are a second lock. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.password', '*.token', '*.accessToken', '*.refreshToken', '*.apiKey', '*.authorization', '*.cookie'],
    },
  })
}
