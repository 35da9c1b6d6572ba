import { z } from 'zod'
import { defineTool } from '../define-tool.ts'
import { addDuration, describeDuration, durationBetween, units, within } from './duration.ts'
import { type Moment, parseMoment, toMoment } from './moment.ts'
import { findTimeZone } from './time-zone.ts'

const count = z.number().int().min(-1_000_000).max(1_000_000).optional()

const input = z.object({
  timeZone: z
    .string()
    .max(100)
    .default('UTC')
    .describe('IANA time zone of the answer, and of dates without an offset. For example: Asia/Tokyo'),
  at: z.string().max(40).optional().describe('ISO 8601 date or date and time to start from. Left out: now'),
  toTimeZone: z.string().max(100).optional().describe('Also give that moment in this IANA time zone'),
  add: z
    .object(Object.fromEntries(units.map((unit) => [unit, count])) as Record<(typeof units)[number], typeof count>)
    .optional()
    .describe('Move the moment by this much; negative numbers go back'),
  until: z
    .string()
    .max(40)
    .optional()
    .describe('ISO 8601 date or date and time: also give the time from the moment until then'),
})

interface TimeAnswer extends Moment {
  converted?: Moment
  until?: Moment & { seconds: number; difference: string; past: boolean }
}

/** The current time anywhere, conversion between zones, and the calendar's arithmetic. */
export const time = defineTool({
  name: 'time',
  title: 'Date and time',
  description:
    'Tells the current date and time in any time zone, converts a moment between zones, adds to it, and measures the time ' +
    'between two moments. Use it whenever an answer depends on today’s date or on a time zone.',
  effect: 'read',
  input,
  timeoutMs: 1000,
  run(asked, { now }): TimeAnswer {
    const timeZone = findTimeZone(asked.timeZone)
    const start = asked.at === undefined ? wholeSecond(now()) : parseMoment(asked.at, timeZone)
    const instant = within(asked.add ? addDuration(start, asked.add, timeZone) : start)
    const answer: TimeAnswer = toMoment(instant, timeZone)
    if (asked.toTimeZone !== undefined) answer.converted = toMoment(instant, findTimeZone(asked.toTimeZone))
    if (asked.until !== undefined) {
      const end = parseMoment(asked.until, timeZone)
      const difference = describeDuration(durationBetween(instant, end, timeZone))
      const seconds = Math.round((end - instant) / 1000)
      answer.until = { ...toMoment(end, timeZone), seconds, difference, past: end < instant }
    }
    return answer
  },
})

const wholeSecond = (instant: number) => Math.floor(instant / 1000) * 1000
