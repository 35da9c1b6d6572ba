import type { ComponentProps, ReactNode } from 'react'
import type { Components } from 'streamdown'
import { t } from '../../i18n/t.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { CodeBlock } from './code-block.tsx'

/** Links leave by a new tab and tell the other side nothing. An address that is still being written is no link yet. */
function Anchor({ href, children }: ComponentProps<'a'>) {
  if (!href || href.startsWith('streamdown:')) return <>{children}</>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

/** A picture at another place would tell that place who reads what, so it is a link until somebody wants it. */
function Picture({ src, alt }: ComponentProps<'img'>) {
  if (typeof src !== 'string' || !/^https?:/.test(src)) return null
  return <Anchor href={src}>{t('chat.image', { name: alt || new URL(src).hostname })}</Anchor>
}

function Code({ className, children, ...rest }: ComponentProps<'code'>) {
  if (!('data-block' in rest)) return <code>{children}</code>
  const language = /language-(\S+)/.exec(className ?? '')?.[1] ?? ''
  return <CodeBlock code={textOf(children).replace(/\n$/, '')} language={language} />
}

const Table = ({ children }: ComponentProps<'table'>) => (
  <ScrollRegion className="table-scroll" label={t('chat.table')}>
    <table>{children}</table>
  </ScrollRegion>
)

function textOf(node: ReactNode): string {
  if (Array.isArray(node)) return node.map(textOf).join('')
  return typeof node === 'string' || typeof node === 'number' ? String(node) : ''
}

const plain = [
  'p',
  'ul',
  'ol',
  'li',
  'strong',
  'blockquote',
  'hr',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'sup',
  'sub',
  'section',
] as const

/** What each element of Markdown becomes. Plain elements are styled by markdown.css. */
export const elements = {
  ...Object.fromEntries(plain.map((tag) => [tag, tag])),
  // A page has one h1 and each message an h2: what a model calls its first heading comes below.
  h1: 'h3',
  h2: 'h4',
  h3: 'h5',
  h4: 'h6',
  h5: 'h6',
  h6: 'h6',
  a: Anchor,
  img: Picture,
  code: Code,
  table: Table,
} satisfies Record<string, unknown> as Components
