import { mergeConfig } from 'vite'
import { defineProject } from 'vitest/config'
import web from './vite.config.ts'

export default mergeConfig(
  web,
  defineProject({
    test: {
      name: 'web',
      include: ['src/**/*.test.{ts,tsx}'],
      // Bundled like the app, so that what stands in for one of its dependencies stands in here.
      server: { deps: { inline: ['streamdown'] } },
    },
  }),
)
