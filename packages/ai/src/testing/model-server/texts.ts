const passage =
  'The model server answers with words that mean little and count well, so that a test can tell which of them arrived. '

/** A text of exactly so many tokens, the same every time. */
export function filler(tokens: number): string {
  const words = passage.trim().split(' ')
  return Array.from({ length: tokens }, (_, index) => words[index % words.length]).join(' ')
}

/** Stands for the time at which a token is sent, and is as long. */
export const stampMark = 'time-of-sending!'

/** A text of so many times of sending: each token is when it was written, in microseconds since the epoch. */
export function stamps(tokens: number): string {
  return Array.from({ length: tokens }, () => stampMark).join(' ')
}

/** Characters of two, three and four bytes, and one that is drawn from several. */
export const manyBytes = 'Grüße aus Zürich — 你好，世界! 👩‍🚀 Ελλάδα 🎉 żółć 🇨🇭 done.'

export const thoughts = 'The question is short. I look at what is asked, then at what I know, and answer.'

export const refusal = "I'm sorry, but I can't help with that."

/** Tokens as a vendor would stream them: a word with the space before it. */
export function toTokens(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? []
}
