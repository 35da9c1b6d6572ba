import { defineTool } from '@kickstartmyai/ai'
import { z } from 'zod'

const longestMs = 3000

/**
 * A tool whose effects can be counted from outside: it posts to `url`. For tests of crashes, and only with NODE_ENV=test.
 */
export const effectTool = (url: string) =>
  defineTool({
    name: 'effect',
    title: 'Effect',
    description: 'Does something in the world outside, once.',
    effect: 'external',
    input: z.object({ key: z.string(), heedsStop: z.boolean().default(true) }).catchall(z.unknown()),
    timeoutMs: longestMs,
    async run({ heedsStop, ...input }, { signal }) {
      const response = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: { 'content-type': 'application/json' },
        ...(heedsStop && { signal }),
      })
      return response.json()
    },
  })
