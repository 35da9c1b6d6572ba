import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'apps/web/e2e'],
    // Many tests wait, for a lease to run out or a process to start: half as many again as there are processors.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
  },
})
