import { DataDirectoryInUse } from '@kickstartmyai/db'
import { BadEnvironment, readEnv } from './env.ts'
import { addEnvFile } from './load-env-file.ts'
import { createLogger } from './log.ts'
import { openDatabase } from './open-database.ts'
import { startServer } from './start-server.ts'

/** The server process: environment, start, one line for the person who started it, drain on the first signal. */
async function main(): Promise<void> {
  addEnvFile()
  const env = readEnv()
  // A person at a terminal wants the address, not every request.
  const log = createLogger(env.LOG_LEVEL ?? (process.stdout.isTTY ? 'warn' : 'info'))
  process.on('unhandledRejection', (err) => log.error({ err }, 'unhandled rejection'))
  process.on('uncaughtException', (err) => log.fatal({ err }, 'uncaught exception'))

  const server = await startServer(env, log, await openDatabase(env, log))
  let draining = false
  const onSignal = (signal: NodeJS.Signals) => {
    // Asked twice means now; what runs is taken up again at the next start.
    if (draining) process.exit(1)
    draining = true
    log.info({ signal }, 'draining')
    void server.drain().then(
      () => process.exit(0),
      (err: unknown) => {
        log.fatal({ err }, 'the drain failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)

  process.stdout.write(`\n  KickStartMyAI is ready: ${server.url}\n`)
  if (server.defaultProvider === 'demo') {
    process.stdout.write('  No model key is set: the built-in demo model answers. See .env.example for real ones.\n')
  }
  if (server.setupToken !== null) {
    process.stdout.write(
      `  There is no administrator yet. Make the first one: ${server.url}/setup?token=${server.setupToken}\n`,
    )
  }
  process.stdout.write('\n')
}

main().catch((error: unknown) => {
  const isExpected = error instanceof BadEnvironment || error instanceof DataDirectoryInUse
  process.stderr.write(
    `\n${isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n\n`,
  )
  process.exit(1)
})
