/** How plain words lead to one tool, and how its result is said. */
export interface ToolRule {
  tool: string
  /** What the tool is good for, after “I can”. */
  purpose: string
  /** A message that leads to it. */
  example: string
  /** The inputs that a message asks for; none when it is about something else. */
  find(text: string): unknown[]
  /** The result in markdown. */
  say(input: unknown, output: unknown): string
}
