import type { Conversation } from '@kickstartmyai/contract'
import { formatMonth } from '../../i18n/format.ts'
import { t } from '../../i18n/t.ts'

export interface DateGroup {
  label: string
  conversations: Conversation[]
}

/**
 * Conversations under the day, week or month of their last word, in the given order. Days begin at midnight where the
 * person is.
 */
export function groupByDate(conversations: readonly Conversation[], now: Date): DateGroup[] {
  const groups: DateGroup[] = []
  for (const conversation of conversations) {
    const label = labelOf(conversation.lastMessageAt ?? conversation.createdAt, now)
    const last = groups.at(-1)
    if (last?.label === label) last.conversations.push(conversation)
    else groups.push({ label, conversations: [conversation] })
  }
  return groups
}

function labelOf(iso: string, now: Date): string {
  const days = daysBetween(new Date(iso), now)
  if (days <= 0) return t('conversations.today')
  if (days === 1) return t('conversations.yesterday')
  if (days < 7) return t('conversations.lastWeek')
  if (days < 30) return t('conversations.lastMonth')
  return formatMonth(iso)
}

/** Midnights between two moments, counted on the calendar, so that a day of 23 or 25 hours is one day. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000
  return day(to) - day(from)
}
