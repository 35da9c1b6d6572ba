const passage =
  'The model server answers with words that mean little and count well, so that a test can tell which of them arrived. '

/** A text of exactly so many tokens, the same every time. */
export function filler(tokens: number): string {
  const words = passage.trim().split(' ')
  return Array.from({ length: tokens }, (_, index) => words[index % words.length]).join(' ')
}

/** Characters of two, three and four bytes, and one that is drawn from several. */
export const manyBytes = 'Grüße aus Zürich — 你好，世界! 👩‍🚀 Ελλάδα 🎉 żółć 🇨🇭 done.'

export const thoughts = 'The question is short. I look at what is asked, then at what I know, and answer.'

export const refusal = "I'm sorry, but I can't help with that."

/** Tokens as a vendor would stream them: a word with the space before it. */
export function toTokens(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? []
}
