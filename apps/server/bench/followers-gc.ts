// For measuring memory: the process collects its garbage when it is told to.
process.on('SIGUSR2', () => globalThis.gc?.())
