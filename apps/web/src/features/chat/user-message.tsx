import { memo, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { t } from '../../i18n/t.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { cx } from '../../ui/cx.ts'

interface UserMessageProps {
  text: string
  /** Not yet acknowledged by the server. */
  pending?: boolean
  /** What is to be said about it below. */
  children?: ReactNode
}

/** What the person said. A very long text is folded, so that the answer stays near. */
export const UserMessage = memo(({ text, pending = false, children }: UserMessageProps) => {
  const body = useRef<HTMLDivElement>(null)
  const [long, setLong] = useState(false)
  const [open, setOpen] = useState(false)
  useLayoutEffect(() => setLong((body.current?.scrollHeight ?? 0) > 320), [text])

  return (
    <div className="group/message flex flex-col items-end">
      <h2 className="sr-only">{t('chat.you')}</h2>
      <div className="flex max-w-full items-end justify-end gap-1">
        {!pending && (
          <div className="quiet-actions shrink-0">
            <CopyButton text={() => text} label={t('chat.copyMessage')} />
          </div>
        )}
        <div className="max-w-[36rem] min-w-0 rounded-xl rounded-br-sm bg-hover px-4 py-2.5">
          <div
            ref={body}
            className={cx(
              'text-base leading-relaxed wrap-anywhere whitespace-pre-wrap',
              pending && 'text-muted',
              long && !open && 'fold-end max-h-60 overflow-hidden',
            )}
          >
            {text}
          </div>
          {long && (
            <button
              type="button"
              className="mt-1 min-h-8 touch:min-h-10 text-sm font-medium text-muted hover:text-fg"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {open ? t('chat.showLess') : t('chat.showMore')}
            </button>
          )}
        </div>
      </div>
      {children}
    </div>
  )
})
UserMessage.displayName = 'UserMessage'
