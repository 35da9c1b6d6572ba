import type { Mail } from './mailer.ts'

/** What a mail says: paragraphs, and where to go. Nothing in it was written by a person, so that nobody's words travel. */
export interface Letter {
  subject: string
  paragraphs: readonly string[]
  link?: { words: string; url: string }
}

/** A letter as plain text and as simple HTML. */
export function toMailBody({ subject, paragraphs, link }: Letter): Pick<Mail, 'subject' | 'text' | 'html'> {
  const text = [...paragraphs, ...(link ? [`${link.words}:\n${link.url}`] : [])].join('\n\n')
  const html = [
    ...paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`),
    ...(link ? [`<p><a href="${escape(link.url)}">${escape(link.words)}</a></p><p>${escape(link.url)}</p>`] : []),
  ].join('\n')
  return { subject, text: `${text}\n`, html: `<!doctype html>\n<html lang="en"><body>\n${html}\n</body></html>\n` }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
