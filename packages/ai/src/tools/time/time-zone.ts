/** A date and time as a clock on the wall shows it, without a zone. Months count from 1. */
export interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

/**
 * The IANA name of a zone that is given by its name or by a city that names one (“Asia/Tokyo”, “tokyo”, “New York”, “UTC”).
 * Throws an Error in plain words.
 */
export function findTimeZone(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '')
  const wanted = plain.trim().replace(/\s+/g, '_').toLowerCase()
  if (['utc', 'gmt', 'z', 'etc/utc'].includes(wanted)) return 'UTC'
  const zones = Intl.supportedValuesOf('timeZone')
  const found =
    zones.find((zone) => zone.toLowerCase() === wanted) ??
    zones.find((zone) => zone.toLowerCase().endsWith(`/${wanted}`))
  if (found) return found
  // Newer and older names, such as Asia/Kolkata, are known to Intl but not listed.
  const areas = [...new Set(zones.map((zone) => zone.split('/')[0]))]
  for (const candidate of wanted.includes('/') ? [wanted] : areas.map((area) => `${area}/${wanted}`)) {
    const zone = resolve(candidate)
    if (zone) return zone
  }
  throw new Error(`There is no time zone “${name}”. Use an IANA name such as Asia/Tokyo or Europe/Paris.`)
}

/** The zone as Intl calls it; null when it does not know it. */
function resolve(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of a zone show at an instant (milliseconds since the epoch). */
export function toWallTime(instant: number, timeZone: string): WallTime {
  let format = formats.get(timeZone)
  if (!format) {
    const numeric = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }
    format = new Intl.DateTimeFormat('en-US', {
      ...(numeric as Intl.DateTimeFormatOptions),
      hourCycle: 'h23',
      timeZone,
      era: 'short',
    })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]))
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year')
  return {
    year,
    month: number('month'),
    day: number('day'),
    hour: number('hour'),
    minute: number('minute'),
    second: number('second'),
  }
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, timeZone: string): number {
  const second = Math.floor(instant / 1000) * 1000
  return asUtc(toWallTime(second, timeZone)) - second
}

/**
 * The instant at which the zone's clocks show a wall time. Where clocks show it twice it is the earlier one; where they
 * skip it, it is the time that they show instead (an hour later).
 */
export function toInstant(wall: WallTime, timeZone: string): number {
  const utc = asUtc(wall)
  const day = 86_400_000
  const before = offsetAt(utc - day, timeZone)
  const after = offsetAt(utc + day, timeZone)
  const fits = [utc - before, utc - after].filter((instant) => asUtc(toWallTime(instant, timeZone)) === utc)
  return fits.length > 0 ? Math.min(...fits) : utc - before
}

/** A wall time read as if it were UTC; days and months beyond their range carry over. */
export function asUtc({ year, month, day, hour, minute, second }: WallTime): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  return date.getTime()
}
