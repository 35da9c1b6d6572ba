import type { UserId } from '@kickstartmyai/contract'
import {
  type Caller,
  type Credential,
  type Db,
  type FollowAnswer,
  type FollowQuestion,
  type ExecutionRow,
  findSecretsOf,
  findCallers,
  insertSends,
  isDataError,
  type NewSend,
  readFollowed,
  readSendContexts,
  type SecretRow,
  type SendContext,
  type SendQuestion,
} from '@kickstartmyai/db'
import { type BatcherOptions, createBatcher } from './batcher.ts'
import type { UserCaps } from './user-caps.ts'
import { levelsFor } from './policy/scope-of.ts'

/** What nearly every request asks of the database, asked for many requests in one statement when many come. */
export interface LookUps {
  /** A person's own keys for the vendors of models. */
  providerKeys(userId: UserId): Promise<readonly SecretRow[]>
  /** The person of a session that is neither revoked nor over, or of an API key that holds. */
  caller(credential: Credential): Promise<Caller | undefined>
  /** What a follower has not seen of an execution; undefined when they may not see it. */
  followed(question: FollowQuestion): Promise<FollowAnswer | undefined>
  /** What a send will find; undefined when they may not speak in the conversation. */
  sendContext(question: SendQuestion): Promise<SendContext | undefined>
  /** Writes a send; undefined when something was said meanwhile, or the owner has enough under way. */
  send(send: NewSend): Promise<ExecutionRow | undefined>
}

/** Which grants are enough to say something: in the conversation, and to the agent. */
const sendLevels = { conversation: levelsFor('conversation.send'), agent: levelsFor('agent.use') }

/** Most events that a follower is given at a time. */
const eventsAtATime = 500

export function createLookUps(db: Db, caps: UserCaps): LookUps {
  const batched = <Question, Answer>(
    ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
    options: BatcherOptions,
  ) => createBatcher(alone(ask), options)

  return {
    providerKeys: batched((ids: readonly UserId[]) => findSecretsOf(db, ids, 'provider_key'), {
      most: 500,
      parallel: 2,
    }),
    caller: batched((credentials: readonly Credential[]) => findCallers(db, credentials), { most: 500, parallel: 2 }),
    // Whole answers are read: a few at a time.
    followed: batched(
      (questions: readonly FollowQuestion[]) => readFollowed(db, levelsFor('execution.read'), questions, eventsAtATime),
      {
        most: 20,
        parallel: 2,
      },
    ),
    sendContext: batched((questions: readonly SendQuestion[]) => readSendContexts(db, sendLevels, questions), {
      most: 100,
      parallel: 2,
    }),
    // One after the other, so that each counts what the one before has written.
    send: batched((sends: readonly NewSend[]) => insertSends(db, sendLevels.conversation, sends, caps.active), {
      most: 100,
      parallel: 1,
    }),
  }
}

/** One question that the database cannot take must not be everybody else's misfortune: then each is asked by itself. */
function alone<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (questions: readonly Question[]) => Promise<readonly (Answer | Promise<Answer>)[]> {
  return async (questions) => {
    try {
      return await ask(questions)
    } catch (error) {
      if (questions.length === 1 || !isDataError(error)) throw error
      return questions.map(async (question) => (await ask([question]))[0] as Answer)
    }
  }
}
