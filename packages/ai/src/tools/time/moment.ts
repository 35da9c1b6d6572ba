import { asUtc, offsetAt, toInstant, toWallTime, type WallTime } from './time-zone.ts'

/** An instant as a tool's answer tells it. */
export interface Moment {
  /** ISO 8601 with the zone's offset. */
  iso: string
  timeZone: string
  weekday: string
  /** For people, in English. */
  text: string
}

const written = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Reads an ISO 8601 date or date and time; without an offset it is what clocks in `timeZone` show. Gives milliseconds since
 * the epoch. Throws an Error in plain words.
 */
export function parseMoment(text: string, timeZone: string): number {
  const match = written.exec(text.trim())
  if (!match)
    throw new Error(`“${text}” is not a date and time. Write it as 2026-03-29T14:30 or 2026-03-29T14:30:00+02:00.`)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const wall: WallTime = { year, month, day, hour, minute, second }
  const utc = asUtc(wall)
  if (new Date(utc).toISOString().slice(0, 19) !== isoOf(wall))
    throw new Error(`“${text}” is not a date of the calendar.`)
  const offset = match[7]
  return offset === undefined ? toInstant(wall, timeZone) : utc - offsetOf(offset)
}

export function toMoment(instant: number, timeZone: string): Moment {
  const wall = toWallTime(instant, timeZone)
  const names = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'medium', timeZone })
  return {
    iso: isoOf(wall) + writeOffset(offsetAt(instant, timeZone)),
    timeZone,
    weekday: new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone }).format(instant),
    text: names.format(instant),
  }
}

function isoOf({ year, month, day, hour, minute, second }: WallTime): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
}

function offsetOf(text: string): number {
  if (text.toUpperCase() === 'Z') return 0
  const [hours, minutes] = [text.slice(1, 3), text.slice(-2)].map(Number) as [number, number]
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function writeOffset(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
