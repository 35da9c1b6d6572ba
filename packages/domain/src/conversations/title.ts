/** What a conversation is called until something was said in it. */
export const untitled = 'New conversation'

/** A title made of the first thing said: its first line, cut at a word near 60 characters. */
export function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim().replace(/\s+/g, ' ') ?? ''
  return line === '' ? untitled : shorten(line, 60)
}

/** At most about so many characters of a line, cut at a word where there is one, with a sign that it was cut. */
export function shorten(line: string, most: number): string {
  if (line.length <= most) return line
  const cut = line.slice(0, most)
  const atWord = cut.replace(/\s\S*$/, '')
  return `${(atWord.length > most / 2 ? atWord : cut).toWellFormed()}…`
}
