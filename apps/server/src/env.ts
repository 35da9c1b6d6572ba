import { limits } from '@kickstartmyai/contract'
import { defaultUserCaps } from '@kickstartmyai/domain'
import { z } from 'zod'
import { parseFailPoint } from './fail-points.ts'
import { readSecretKeys } from './read-secret-keys.ts'

/** An empty line in an .env file means the same as none. */
const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional()
const url = text.pipe(z.url().optional())
const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .optional()
  .transform((value) => value === '1' || value === 'true')
const flagOn = z
  .enum(['0', '1', 'true', 'false', ''])
  .optional()
  .transform((value) => value !== '0' && value !== 'false')
const port = z.coerce.number().int().min(0).max(65_535)
const list = z
  .string()
  .optional()
  .transform((value) => (value ?? '').split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()])))

/** As browsers write it: scheme, host and port, and nothing else. */
const origin = z
  .url({ protocol: /^https?$/, error: 'must be origins, such as https://app.example.com' })
  .refine((value) => new URL(value).pathname === '/', 'must be origins: without a path')
  .transform((value) => new URL(value).origin)

/** Every variable that the server reads; .env.example lists the same with their defaults. */
const Env = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
    PORT: port.default(3000),
    HOST: text.transform((host) => host ?? '127.0.0.1'),
    PUBLIC_URL: url,
    DATABASE_URL: text.pipe(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }).optional()),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(500).default(20),
    /** 0 behind a pooler that cannot keep prepared statements. */
    DATABASE_PREPARE: z
      .enum(['0', '1', 'true', 'false', ''])
      .optional()
      .transform((value) => value !== '0' && value !== 'false'),
    MIGRATE_ON_START: flag,
    /** Wakes followers on other replicas; unset: PostgreSQL does it. */
    REDIS_URL: text.pipe(z.url({ protocol: /^rediss?$/, error: 'must be a redis:// URL' }).optional()),
    DATA_DIR: text.transform((folder) => folder ?? '.data'),
    AUTH_SECRET: text.pipe(z.string().min(32, 'must have at least 32 characters').optional()),
    /** What encrypts the secrets that are kept: see read-secret-keys.ts. */
    SECRETS_KEYS: list.transform(readSecretKeys),
    /** Who may make an account. */
    REGISTRATION: text.transform((value) => value ?? 'open').pipe(z.enum(['open', 'invite', 'closed'])),
    EMAIL_VERIFICATION: text.transform((value) => value ?? 'off').pipe(z.enum(['off', 'required'])),
    /** Makes the first administrator, once; unset: derived from AUTH_SECRET and printed at the start. */
    SETUP_TOKEN: text.pipe(z.string().min(16, 'must have at least 16 characters').max(limits.tokenLength).optional()),
    SMTP_URL: text.pipe(z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// URL' }).optional()),
    MAIL_FROM: text.pipe(
      z
        .string()
        .regex(/^[^\r\n<>]*(<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'must be an address, or: Name <address>')
        .optional(),
    ),
    CORS_ORIGINS: list.pipe(z.array(origin)),
    TRUSTED_PROXIES: list,
    /** Names by which the server may be called, besides PUBLIC_URL's and those that no stranger can own. */
    ALLOWED_HOSTS: list.transform((names) => names.map((name) => name.toLowerCase())),
    /** Requests a minute; 0: no limit. A tRPC batch counts for its calls. */
    RATE_LIMIT_PER_USER: z.coerce.number().int().min(0).default(12_000),
    RATE_LIMIT_PER_KEY: z.coerce.number().int().min(0).default(6000),
    RATE_LIMIT_PER_ADDRESS: z.coerce.number().int().min(0).default(60_000),
    /** How long an answer may take to begin; event streams begin at once. */
    ANSWER_SECONDS: z.coerce.number().min(1).max(3600).default(90),
    /** Connections that are open at a time; those of one address may be half of them. */
    MAX_CONNECTIONS: z.coerce.number().int().min(10).default(10_000),
    OPENAI_API_KEY: text,
    OPENAI_BASE_URL: url,
    ANTHROPIC_API_KEY: text,
    ANTHROPIC_BASE_URL: url,
    /** How much one person may have under way at a time: see UserCaps. */
    USER_MAX_RUNNING: z.coerce.number().int().min(1).default(defaultUserCaps.running),
    USER_MAX_ACTIVE: z.coerce.number().int().min(1).default(defaultUserCaps.active),
    USER_MAX_STREAMS: z.coerce.number().int().min(1).default(defaultUserCaps.streams),
    /** Whether models are asked for the titles of conversations. */
    TITLE_GENERATION: flagOn,
    /** How long the audit log goes back; 0: for ever. */
    AUDIT_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(400),
    /** Unset: `warn` at a terminal, else `info`. */
    LOG_LEVEL: text.pipe(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional()),
    /** For tests of crashes, and only with NODE_ENV=test: see fail-points.ts. */
    FAIL_POINT: text.transform(parseFailPoint),
    /** Adds a tool whose effects this address counts; only with NODE_ENV=test: see effect-tool.ts. */
    EFFECT_URL: url,
    DRAIN_SECONDS: z.coerce.number().min(0).max(600).default(10),
  })
  .refine((env) => env.NODE_ENV === 'test' || !env.FAIL_POINT, {
    path: ['FAIL_POINT'],
    message: 'is for tests: it needs NODE_ENV=test',
  })
  .refine((env) => env.NODE_ENV === 'test' || !env.EFFECT_URL, {
    path: ['EFFECT_URL'],
    message: 'is for tests: it needs NODE_ENV=test',
  })
  .refine((env) => !env.SMTP_URL || env.MAIL_FROM, {
    path: ['MAIL_FROM'],
    message: 'is required with SMTP_URL: the address from which mail comes',
  })
  .refine((env) => !(env.NODE_ENV === 'production' && env.DATABASE_URL && !env.AUTH_SECRET), {
    path: ['AUTH_SECRET'],
    message: 'is required in production with DATABASE_URL: every replica must sign with the same secret',
  })
export type Env = z.infer<typeof Env>

/** Thrown with one line for each bad value, all at once. */
export class BadEnvironment extends Error {
  override readonly name = 'BadEnvironment'

  constructor(lines: readonly string[]) {
    super(`The configuration is not usable:\n${lines.map((line) => `  ${line}`).join('\n')}`)
  }
}

/** Reads the configuration. Throws BadEnvironment. Values are never part of a message: they may be secrets. */
export function readEnv(variables: NodeJS.ProcessEnv = process.env): Env {
  const result = Env.safeParse(variables)
  if (result.success) return result.data
  throw new BadEnvironment(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
}
