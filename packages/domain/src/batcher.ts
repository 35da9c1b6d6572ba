export interface BatcherOptions {
  /** Most questions in one statement. */
  most: number
  /** Most statements at a time. */
  parallel: number
}

/**
 * Puts questions that come at the same time into one statement: an idle server asks at once, a busy one asks less often
 * and for more. `ask` gives an answer for each question, in their order; when it throws, all of them are refused with it.
 */
export function createBatcher<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly (Answer | Promise<Answer>)[]>,
  { most, parallel }: BatcherOptions,
): (question: Question) => Promise<Answer> {
  let waiting: { question: Question; done: PromiseWithResolvers<Answer> }[] = []
  let underWay = 0
  let isPlanned = false

  const askNext = () => {
    isPlanned = false
    while (waiting.length > 0 && underWay < parallel) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      underWay += 1
      void ask(batch.map(({ question }) => question))
        .then(
          (answers) => batch.forEach(({ done }, index) => done.resolve(answers[index] as Answer | Promise<Answer>)),
          (error: unknown) => batch.forEach(({ done }) => done.reject(error)),
        )
        .finally(() => {
          underWay -= 1
          askNext()
        })
    }
  }

  return (question) => {
    const done = Promise.withResolvers<Answer>()
    waiting.push({ question, done })
    if (!isPlanned) {
      isPlanned = true
      // After what else this turn of the event loop brings.
      setImmediate(askNext)
    }
    return done.promise
  }
}
