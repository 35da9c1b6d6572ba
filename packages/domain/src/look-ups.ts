import type { SessionId } from '@kickstartmyai/contract'
import {
  type Db,
  type FollowAnswer,
  type FollowQuestion,
  findUsersOfSessions,
  readFollowed,
  type UserRow,
} from '@kickstartmyai/db'
import { createBatcher } from './batcher.ts'

/** What nearly every request asks of the database, asked for many requests in one statement when many come. */
export interface LookUps {
  /** The person of a session that is neither revoked nor over. */
  userOfSession(sessionId: SessionId): Promise<Pick<UserRow, 'id' | 'role'> | undefined>
  /** What a follower has not seen of an execution; undefined when it is not the owner's. */
  followed(question: FollowQuestion): Promise<FollowAnswer | undefined>
}

/** Most events that a follower is given at a time. */
const eventsAtATime = 500

export function createLookUps(db: Db): LookUps {
  return {
    userOfSession: createBatcher((ids: readonly SessionId[]) => findUsersOfSessions(db, ids), {
      most: 500,
      parallel: 2,
    }),
    followed: createBatcher(
      (questions: readonly FollowQuestion[]) => readFollowed(db, questions, eventsAtATime),
      // Whole conversations are read: a few at a time.
      { most: 20, parallel: 2 },
    ),
  }
}
