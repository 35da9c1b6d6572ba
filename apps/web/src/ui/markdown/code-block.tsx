import { memo } from 'react'
import { t } from '../../i18n/t.ts'
import { CopyButton } from '../copy-button.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import type { CodeToken } from './line-highlighter.ts'
import { useHighlighted } from './use-highlighted.ts'

interface CodeBlockProps {
  code: string
  /** As the fence names it; empty where it names none. */
  language: string
  /** Shown instead of the language. */
  title?: string
}

/** A block of code with its language and a button that copies it. Plain at first, coloured when its grammar is there. */
export function CodeBlock({ code, language, title }: CodeBlockProps) {
  const lines = useHighlighted(code, language)
  return (
    <figure className="group/code my-4 overflow-hidden rounded-lg border border-line bg-sunken">
      <figcaption className="flex h-9 touch:h-10 items-center justify-between border-b border-line pr-1 pl-3.5">
        <span className={title ? 'text-xs font-medium text-muted' : 'font-mono text-xs text-subtle'}>
          {title ?? (language || 'text')}
        </span>
        <CopyButton
          text={() => code}
          label={title ? t('common.copyWhat', { what: title }) : t('chat.copyCode')}
          className="size-7"
        />
      </figcaption>
      <ScrollRegion label={title ?? t('chat.code')} className="overflow-x-auto -outline-offset-2">
        <pre className="w-max min-w-full px-3.5 py-3 font-mono text-[0.8125rem] leading-[1.6]">
          <code>{lines ? <Lines lines={lines} /> : code}</code>
        </pre>
      </ScrollRegion>
    </figure>
  )
}

const Lines = ({ lines }: { lines: CodeToken[][] }) =>
  lines.map((line, index) => <Line key={index} tokens={line} last={index === lines.length - 1} />)

const Line = memo(({ tokens, last }: { tokens: CodeToken[]; last: boolean }) => (
  <>
    {tokens.map((token, index) => (
      <span key={index} style={{ color: token.color }}>
        {token.content}
      </span>
    ))}
    {!last && '\n'}
  </>
))
Line.displayName = 'Line'
