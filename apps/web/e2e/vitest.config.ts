import { defineProject } from 'vitest/config'

/** Journeys in a real browser against the real server: one file at a time, after every other project. */
export default defineProject({
  test: {
    name: 'e2e',
    include: ['**/*.test.ts'],
    fileParallelism: false,
    sequence: { groupOrder: 1 },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
