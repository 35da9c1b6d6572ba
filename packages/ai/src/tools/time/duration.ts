import { asUtc, toInstant, toWallTime } from './time-zone.ts'

export const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const

/** Any part may be left out or negative. */
export type Duration = { [unit in (typeof units)[number]]?: number | undefined }

/**
 * The instant a duration later. Years to days are the calendar's (a month after 31 January is the last of February, and
 * noon stays noon when clocks change); hours to seconds are exact.
 */
export function addDuration(instant: number, duration: Duration, timeZone: string): number {
  const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = duration
  const exact = ((hours * 60 + minutes) * 60 + seconds) * 1000
  if (years === 0 && months === 0 && weeks === 0 && days === 0) return instant + exact
  const wall = toWallTime(instant, timeZone)
  const monthsAll = wall.year * 12 + (wall.month - 1) + years * 12 + months
  const year = Math.floor(monthsAll / 12)
  const month = (((monthsAll % 12) + 12) % 12) + 1
  const lastDay = new Date(asUtc({ ...wall, year, month: month + 1, day: 0 })).getUTCDate()
  const shifted = within(asUtc({ ...wall, year, month, day: Math.min(wall.day, lastDay) + weeks * 7 + days }))
  return toInstant(toWallTime(shifted, 'UTC'), timeZone) + exact
}

/** The instant itself; throws an Error in plain words outside the years that ISO 8601 writes with four digits. */
export function within(instant: number): number {
  const year = new Date(instant).getUTCFullYear()
  if (!(year >= 0 && year <= 9999)) throw new Error('Only the years 0 to 9999 are known.')
  return instant
}

/** The time between two instants, as a person in the zone counts it: whole years first, then months, and so on. */
export function durationBetween(from: number, to: number, timeZone: string): Duration {
  const sign = to < from ? -1 : 1
  const [start, end] = to < from ? [to, from] : [from, to]
  const duration: Duration = {}
  let at = start
  for (const unit of units) {
    const add = (count: number) => addDuration(at, { [unit]: count }, timeZone)
    let count = Math.max(0, Math.floor((end - at) / longest[unit]) - 1)
    while (add(count + 1) <= end) count += 1
    if (count > 0) duration[unit] = sign * count
    at = add(count)
  }
  return duration
}

const second = 1000
const day = 86_400 * second
/** The longest that a unit can be, so that the count begins below the truth and few steps are left to take. */
const longest: Record<(typeof units)[number], number> = {
  years: 366 * day + 2 * 3600 * second,
  months: 31 * day + 2 * 3600 * second,
  weeks: 7 * day + 2 * 3600 * second,
  days: day + 2 * 3600 * second,
  hours: 3600 * second,
  minutes: 60 * second,
  seconds: second,
}

/** “2 years, 1 day”; “no time” when it is empty. Signs are left out. */
export function describeDuration(duration: Duration): string {
  const said = units.flatMap((unit) => {
    const count = Math.abs(duration[unit] ?? 0)
    return count === 0 ? [] : [`${count} ${count === 1 ? unit.slice(0, -1) : unit}`]
  })
  return said.join(', ') || 'no time'
}
