import { type Page } from '@kickstartmyai/contract'
import { inTransaction } from '@kickstartmyai/db'
import type { Actor } from '../actor.ts'
import { listAgents } from '../agents/list-agents.ts'
import { writeAudit } from '../audit/write-audit.ts'
import { listSessions } from '../auth/list-sessions.ts'
import { listConversations } from '../conversations/list-conversations.ts'
import type { Deps } from '../deps.ts'
import { listExecutions } from '../executions/list-executions.ts'
import { listSteps } from '../executions/list-steps.ts'
import { listMessages } from '../messages/list-messages.ts'
import { getAccount } from './get-account.ts'

const limit = 50

/**
 * Everything that the caller has, as the text of one JSON object, a piece at a time: a page is read when the one before it
 * was taken. Secrets are not in it. What is changed meanwhile is there as it was or as it is.
 */
export async function exportMe(deps: Deps, actor: Actor): Promise<AsyncGenerator<string, void>> {
  const account = await getAccount(deps, actor)
  await inTransaction(deps.db, (tx) =>
    writeAudit(deps, tx, actor, { action: 'user.exported', object: ['user', actor.userId] }),
  )
  return pieces(deps, actor, { exportedAt: new Date(deps.clock.now()).toISOString(), account })
}

async function* pieces(deps: Deps, actor: Actor, head: object): AsyncGenerator<string, void> {
  yield JSON.stringify(head).slice(0, -1)
  yield `,"sessions":${JSON.stringify((await listSessions(deps, actor)).items)}`
  yield ',"agents":'
  yield* list((cursor) => listAgents(deps, actor, { limit, cursor }), toText)
  yield ',"conversations":'
  yield* list(
    (cursor) => listConversations(deps, actor, { limit, cursor }),
    async function* (conversation) {
      yield `${JSON.stringify(conversation).slice(0, -1)},"messages":`
      const conversationId = conversation.id
      yield* list((cursor) => listMessages(deps, actor, { conversationId, limit, cursor }), toText)
      yield '}'
    },
  )
  yield ',"executions":'
  yield* list(
    (cursor) => listExecutions(deps, actor, { limit, cursor }),
    async function* (execution) {
      const { items: steps } = await listSteps(deps, actor, execution.id)
      yield JSON.stringify({ ...execution, steps })
    },
  )
  yield '}\n'
}

async function* toText(item: object): AsyncGenerator<string, void> {
  yield JSON.stringify(item)
}

/** A JSON array of all pages. */
async function* list<Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
  write: (item: Item) => AsyncGenerator<string, void>,
): AsyncGenerator<string, void> {
  let isFirst = true
  let cursor: string | undefined
  yield '['
  do {
    const page = await read(cursor)
    for (const item of page.items) {
      if (!isFirst) yield ','
      isFirst = false
      yield* write(item)
    }
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  yield ']'
}
