import { describe, expect, test } from 'vitest'
import { time } from './time.ts'

const context = { signal: new AbortController().signal, now: () => Date.parse('2026-11-23T06:04:05.678Z') }
const ask = (input: object) => {
  const answer = time.run(time.input.parse(input), context)
  if (answer instanceof Promise) throw new TypeError('The time needs no waiting.')
  return answer
}

describe('now', () => {
  test.each([
    ['UTC', 'UTC', '2026-11-23T06:04:05+00:00'],
    ['Asia/Tokyo', 'Asia/Tokyo', '2026-11-23T15:04:05+09:00'],
    ['tokyo', 'Asia/Tokyo', '2026-11-23T15:04:05+09:00'],
    ['New York', 'America/New_York', '2026-11-23T01:04:05-05:00'],
    ['São Paulo', 'America/Sao_Paulo', '2026-11-23T03:04:05-03:00'],
    ['Kathmandu', expect.stringMatching(/^Asia\/K/), '2026-11-23T11:49:05+05:45'],
  ])('in %s', (asked, timeZone, iso) => {
    expect(ask({ timeZone: asked })).toMatchObject({ timeZone, iso, weekday: 'Monday' })
  })

  test('is told in UTC unless a zone is asked for, and in words', () => {
    expect(ask({})).toMatchObject({ timeZone: 'UTC', text: 'Monday, 23 November 2026 at 06:04:05' })
  })

  test.each(['Nowhere', 'x/y', ''])('a zone named “%s” does not exist', (timeZone) => {
    expect(() => ask({ timeZone })).toThrow('There is no time zone')
  })
})

describe('a moment', () => {
  test('is read as the clocks of the zone show it, and told in another', () => {
    expect(ask({ timeZone: 'Paris', at: '2026-07-14T12:00', toTimeZone: 'Los Angeles' })).toMatchObject({
      iso: '2026-07-14T12:00:00+02:00',
      converted: { iso: '2026-07-14T03:00:00-07:00', timeZone: 'America/Los_Angeles' },
    })
  })

  test('with an offset is the same moment in every zone', () => {
    expect(ask({ timeZone: 'Tokyo', at: '2026-01-01T00:00:00Z' }).iso).toBe('2026-01-01T09:00:00+09:00')
    expect(ask({ timeZone: 'Tokyo', at: '2026-01-01 00:00 -0330' }).iso).toBe('2026-01-01T12:30:00+09:00')
  })

  test('that clocks skip is an hour later; one that they show twice is the first', () => {
    expect(ask({ timeZone: 'New York', at: '2026-03-08T02:30' }).iso).toBe('2026-03-08T03:30:00-04:00')
    expect(ask({ timeZone: 'Berlin', at: '2026-10-25T02:30' }).iso).toBe('2026-10-25T02:30:00+02:00')
  })

  test.each(['2026-02-30', '2026-13-01', '2026-01-01T25:00'])('%s is not in the calendar', (at) => {
    expect(() => ask({ at })).toThrow('not a date of the calendar')
  })

  test('in another form is refused with an example', () => {
    expect(() => ask({ at: 'tomorrow' })).toThrow('Write it as 2026-03-29T14:30')
  })
})

describe('adding', () => {
  test.each([
    ['2026-01-31', { months: 1 }, '2026-02-28T00:00:00+00:00'],
    ['2024-02-29', { years: 1 }, '2025-02-28T00:00:00+00:00'],
    ['2026-12-31', { days: 1 }, '2027-01-01T00:00:00+00:00'],
    ['2026-01-15', { months: -1, weeks: 1 }, '2025-12-22T00:00:00+00:00'],
    ['2026-01-01', { hours: 25, minutes: -60, seconds: 1 }, '2026-01-02T00:00:01+00:00'],
  ])('to %s %o', (at, add, iso) => {
    expect(ask({ at, add }).iso).toBe(iso)
  })

  test('a day keeps the hour when clocks change; 24 hours do not', () => {
    const at = { timeZone: 'Berlin', at: '2026-03-28T12:00' }
    expect(ask({ ...at, add: { days: 1 } }).iso).toBe('2026-03-29T12:00:00+02:00')
    expect(ask({ ...at, add: { hours: 24 } }).iso).toBe('2026-03-29T13:00:00+02:00')
  })

  test('may not leave the years with four digits', () => {
    expect(() => ask({ add: { years: 1_000_000 } })).toThrow('Only the years 0 to 9999')
  })
})

test('the time between two moments is told in calendar units and in seconds', () => {
  expect(ask({ at: '2026-01-31', until: '2027-03-02T01:00' }).until).toMatchObject({
    difference: '1 year, 1 month, 2 days, 1 hour',
    seconds: 34_131_600,
    past: false,
  })
  expect(ask({ at: '2026-01-02', until: '2026-01-01' }).until).toMatchObject({ difference: '1 day', past: true })
  expect(ask({ at: '2026-01-01', until: '2026-01-01' }).until?.difference).toBe('no time')
})
