import { toolRules } from './rules/tool-rules.ts'

export const label = 'Demo (no language model)'

/** What it is and what to try, with the tools that may be used. */
export function introduction(granted: ReadonlySet<string>): string {
  const withTools = toolRules.filter(({ tool }) => granted.has(tool))
  return [
    'I am the **demo model**: a small program that follows rules, not a language model. I am here so that everything ' +
      'around me can be tried without a key. Conversations, streaming, tools and history are real; only my wit is not.',
    [
      'Try one of these:\n',
      ...withTools.map(({ example, purpose }) => `- *${example}* (I can ${purpose})`),
      '- *What did I say before?*',
      '- *Show me some code*',
      '- `[[tokens 200]] [[slow 50]]` (a long, slow answer)',
      '- `[[fail 429]]` (what a failure looks like)',
    ].join('\n'),
    "With an OpenAI or Anthropic key in the server's configuration a real model answers instead.",
  ].join('\n\n')
}

export const codeAnswer = `Here is a short piece of TypeScript:

\`\`\`ts
/** Gives the Fibonacci numbers, one after the other. */
function* fibonacci(): Generator<number> {
  let [a, b] = [0, 1]
  for (;;) {
    yield a
    ;[a, b] = [b, a + b]
  }
}

for (const n of fibonacci()) {
  if (n > 100) break
  console.log(n)
}
\`\`\`

It prints the Fibonacci numbers up to 89.`

export const thoughts =
  'The message asks me to think aloud. I follow rules, so there is little to think about: I look for directives, then for ' +
  'words that lead to a tool, then for a question about this conversation. Now I answer.'

const passage =
  'A stream is a promise kept one word at a time. Each word is stored before it is shown, so that a reader who leaves may ' +
  'come back and find the place where the page was left. '

/** A text of exactly so many words. */
export function filler(words: number): string {
  const each = passage.trim().split(' ')
  return Array.from({ length: words }, (_, index) => each[index % each.length]).join(' ')
}
