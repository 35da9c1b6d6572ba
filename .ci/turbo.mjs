// Turborepo without telemetry, remote cache or update notice, the same on every platform's shell.
process.env.TURBO_TELEMETRY_DISABLED = '1'
process.env.DO_NOT_TRACK = '1'
process.env.TURBO_NO_UPDATE_NOTIFIER = '1'
await import('../node_modules/turbo/bin/turbo')
