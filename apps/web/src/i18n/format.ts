import { locale } from './t.ts'

const number = new Intl.NumberFormat(locale)
const seconds = new Intl.NumberFormat(locale, {
  style: 'unit',
  unit: 'second',
  unitDisplay: 'narrow',
  maximumFractionDigits: 1,
})
const milliseconds = new Intl.NumberFormat(locale, {
  style: 'unit',
  unit: 'millisecond',
  unitDisplay: 'narrow',
  maximumFractionDigits: 0,
})
const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })

export const formatNumber = (value: number): string => number.format(value)

/** A length of time in milliseconds, in the unit that reads best. */
export const formatDuration = (ms: number): string =>
  ms < 1000 ? milliseconds.format(Math.round(ms)) : seconds.format(ms / 1000)

export const formatDateTime = (iso: string): string => dateTime.format(new Date(iso))
export const formatDay = (iso: string): string => day.format(new Date(iso))
export const formatMonth = (iso: string): string => month.format(new Date(iso))
