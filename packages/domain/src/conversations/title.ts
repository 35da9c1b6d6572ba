/** What a conversation is called until something was said in it. */
export const untitled = 'New conversation'

/** A title made of the first thing said: its first line, cut at a word near 60 characters. */
export function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim().replace(/\s+/g, ' ') ?? ''
  if (line === '') return untitled
  if (line.length <= 60) return line
  const cut = line.slice(0, 60)
  const atWord = cut.replace(/\s\S*$/, '')
  return `${(atWord.length > 30 ? atWord : cut).toWellFormed()}…`
}
