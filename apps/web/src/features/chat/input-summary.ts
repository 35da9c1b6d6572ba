/** The gist of a tool's input in one line: its first texts and numbers. Empty where there is none. */
export function inputSummary(input: unknown): string {
  if (typeof input === 'string') return oneLine(input)
  if (typeof input !== 'object' || input === null) return ''
  return Object.values(input)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .slice(0, 3)
    .map((value) => oneLine(String(value)))
    .join(' · ')
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 160)
