import { Check, ChevronRight, CircleSlash, Hand, X } from 'lucide-react'
import { useState } from 'react'
import { formatDuration } from '../../i18n/format.ts'
import { t } from '../../i18n/t.ts'
import { cx } from '../../ui/cx.ts'
import { CodeBlock } from '../../ui/markdown/code-block.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { inputSummary } from './input-summary.ts'
import type { ToolBlock } from './to-blocks.ts'

const icons = {
  running: <Spinner className="text-accent-text" />,
  waiting: <Hand className="size-4 text-warn" aria-hidden />,
  approved: <Check className="size-4 text-subtle" aria-hidden />,
  denied: <Hand className="size-4 text-subtle" aria-hidden />,
  done: <Check className="size-4 text-accent-text" aria-hidden />,
  failed: <X className="size-4 text-danger" aria-hidden />,
  interrupted: <CircleSlash className="size-4 text-subtle" aria-hidden />,
}

interface ToolCardProps {
  block: ToolBlock
  /** The tool's name in plain words. */
  title: string
}

/** One call of a tool: what, how it went and how long it took; input and output folded below. */
export function ToolCard({ block, title }: ToolCardProps) {
  const [open, setOpen] = useState(false)
  const { state, durationMs, input, output, error } = block
  return (
    <details
      className="group/tool my-3 overflow-hidden rounded-lg border border-line bg-surface"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="flex min-h-10 items-center gap-2.5 px-3 text-sm -outline-offset-2 transition-colors hover:bg-hover [&::-webkit-details-marker]:hidden">
        {icons[state]}
        <span className="font-medium whitespace-nowrap">{title}</span>
        <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted">{inputSummary(input)}</span>
        <span className={cx('text-xs whitespace-nowrap', state === 'failed' ? 'text-danger' : 'text-muted')}>
          {t(`tool.${state}`)}
          {durationMs !== undefined && ` · ${formatDuration(durationMs)}`}
        </span>
        <ChevronRight
          className="size-4 shrink-0 text-subtle transition-transform group-open/tool:rotate-90"
          aria-hidden
        />
      </summary>
      {open && (
        <div className="flex flex-col border-t border-line [&_figure]:m-0 [&_figure]:rounded-none [&_figure]:border-0 [&_figure+figure]:border-t [&_figcaption]:border-0 [&_pre]:pt-0">
          <Payload label={t('tool.input')} value={input} />
          {error && <Payload label={t('tool.error')} value={error} />}
          {state === 'done' && <Payload label={t('tool.output')} value={output} />}
        </div>
      )}
    </details>
  )
}

const Payload = ({ label, value }: { label: string; value: unknown }) => {
  const isText = typeof value === 'string'
  const code = isText ? value : JSON.stringify(value ?? null, null, 2)
  return <CodeBlock code={code} language={isText ? '' : 'json'} title={label} />
}
