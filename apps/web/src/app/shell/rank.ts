/**
 * The entries whose label has every word of the query at the beginning of a word, then those that have it anywhere; the
 * given order otherwise. All of them for an empty query.
 */
export function rank<Entry extends { label: string }>(entries: readonly Entry[], query: string): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...entries]
  const inside = entries.filter((entry) => words.every((word) => entry.label.toLowerCase().includes(word)))
  const starts = (entry: Entry) => {
    const label = ` ${entry.label.toLowerCase()}`
    return words.every((word) => label.includes(` ${word}`))
  }
  return [...inside.filter(starts), ...inside.filter((entry) => !starts(entry))]
}
