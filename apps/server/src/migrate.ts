import { migrateToLatest } from '@kickstartmyai/db'
import { readEnv } from './env.ts'
import { addEnvFile } from './load-env-file.ts'
import { createLogger } from './log.ts'
import { openDatabase } from './open-database.ts'

addEnvFile()
const env = readEnv()
const log = createLogger(env.LOG_LEVEL ?? 'info')
const connection = await openDatabase({ ...env, MIGRATE_ON_START: true }, log)
const ran = await migrateToLatest(connection.db)
await connection.close()
log.info({ ran }, 'the database is up to date')
