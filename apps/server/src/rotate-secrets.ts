import { createSecretBox, createSecretKeys, rotateSecrets } from '@kickstartmyai/domain'
import { authSecret } from './auth-secret.ts'
import { readEnv } from './env.ts'
import { addEnvFile } from './load-env-file.ts'
import { createLogger } from './log.ts'
import { dataDirectory, openDatabase } from './open-database.ts'

addEnvFile()
const env = readEnv()
const log = createLogger(env.LOG_LEVEL ?? 'info')
const secrets = createSecretBox(createSecretKeys(env.SECRETS_KEYS, authSecret(env.AUTH_SECRET, dataDirectory(env))))
const connection = await openDatabase(env, log)
const { resealed, unreadable } = await rotateSecrets({ db: connection.db, log, secrets })
await connection.close()
log.info({ keyId: secrets.keyId, resealed, unreadable }, 'the secrets are encrypted with the first key')
if (unreadable > 0) {
  log.error({ unreadable }, 'some could not be opened: keep the old keys, find the missing one, and run this again')
  process.exitCode = 1
}
