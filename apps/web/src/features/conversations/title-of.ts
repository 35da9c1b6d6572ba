import type { Conversation } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'

/** What a conversation is called before it has a title, too. */
export const titleOf = (conversation: Pick<Conversation, 'title'>): string =>
  conversation.title || t('conversations.untitled')
