import type { Conversation } from '@kickstartmyai/contract'

/** How long after the last word a title is looked out for, in milliseconds; later ones show with the next look. */
const patience = 60_000

/** Whether a better title than the first prompt may come any moment. */
export function awaitsTitle({ titleSource, lastMessageAt }: Conversation, now: number): boolean {
  return titleSource === 'prompt' && lastMessageAt !== null && now - Date.parse(lastMessageAt) < patience
}
