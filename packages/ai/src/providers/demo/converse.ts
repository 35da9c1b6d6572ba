import { withoutDirectives } from '../../directives/parse-directives.ts'
import type { ModelRequest } from '../../model/request.ts'
import { codeAnswer, introduction } from './texts.ts'

interface Talk {
  /** The newest message, without directives. */
  said: string
  /** The user's messages before it, oldest first. */
  before: readonly string[]
  granted: ReadonlySet<string>
}

/** The first rule that fits answers. */
const rules: readonly { when: RegExp; answer(talk: Talk, match: RegExpExecArray): string | null }[] = [
  {
    when: /\b(?:what did I (?:say|ask|write|tell)|repeat what I|my (?:last|previous|first) (?:message|question))/i,
    answer({ before, said }) {
      if (before.length === 0) return 'This is your first message in this conversation, so there is nothing before it.'
      if (/\bfirst\b/i.test(said)) return `Your first message was:\n\n${quote(before[0] ?? '')}`
      if (before.length === 1) return `Before this you said:\n\n${quote(before[0] ?? '')}`
      return `Before this you said, oldest first:\n\n${before
        .slice(-10)
        .map((text, index) => `${index + 1}. ${oneLine(text)}`)
        .join('\n')}`
    },
  },
  { when: /\bwhat(?:['’]s| is) my name\b/i, answer: ({ before }) => rememberName(before) },
  {
    when: /\b(?:my name is|call me|I am called)\s+(\p{L}[\p{L}'’-]*)/iu,
    answer: (_, match) => `Nice to meet you, **${match[1]}**. Ask me for your name later: I know what was said here.`,
  },
  { when: /\b(?:show|write|give|see)\b.*\b(?:code|typescript|javascript|function)\b/i, answer: () => codeAnswer },
  { when: /^(?:thanks|thank you|thx)\b/i, answer: () => 'You are welcome.' },
  { when: /^(?:bye|goodbye|see you)\b/i, answer: () => 'Goodbye! What was said here is kept: come back any time.' },
  {
    when: /^(?:hi|hello|hey|good (?:morning|afternoon|evening))\b/i,
    answer: ({ granted, before }) =>
      before.length === 0 ? `Hello! ${introduction(granted)}` : 'Hello again! What shall we try next?',
  },
  {
    when: /\b(?:help|who are you|what are you|what can you do|are you (?:real|an? ))/i,
    answer: ({ granted }) => introduction(granted),
  },
]

/** Answers what needs no tool. */
export function converse({ messages, tools }: ModelRequest): string {
  const texts = messages.flatMap((message) =>
    message.role === 'user' ? [withoutDirectives(message.parts.map((part) => part.text).join('\n'))] : [],
  )
  const said = texts.at(-1) ?? ''
  const talk: Talk = { said, before: texts.slice(0, -1), granted: new Set(tools.map((tool) => tool.name)) }
  for (const { when, answer } of rules) {
    const match = when.exec(said.slice(0, 2_000))
    const text = match && answer(talk, match)
    if (text) return text
  }
  const heard = said === '' ? 'You sent no words.' : `You said:\n\n${quote(said)}`
  return talk.before.length === 0
    ? `${heard}\n\n${introduction(talk.granted)}`
    : `${heard}\n\nI follow rules and have none for this. Ask me for *help* to see what I can do.`
}

function rememberName(before: readonly string[]): string {
  for (const text of before.toReversed()) {
    const name = /\b(?:my name is|call me|I am called)\s+(\p{L}[\p{L}'’-]*)/iu.exec(text)?.[1]
    if (name) return `Your name is **${name}**: you told me earlier in this conversation.`
  }
  return 'You have not told me your name in this conversation.'
}

function quote(text: string): string {
  const short = text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text
  return short.replace(/^/gm, '> ')
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 200 ? `${line.slice(0, 200)}…` : line
}
