import { ArrowUp, Square } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { limits } from '@kickstartmyai/contract'
import { t } from '../../i18n/t.ts'
import { cx } from '../../ui/cx.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { useDraft } from './use-draft.ts'

/** Where `/` and a new page put the focus. */
export const composerId = 'composer'

interface ComposerProps {
  /** Where the unsent text belongs: one draft each. */
  place: string
  placeholder: string
  /** An answer is being made: the button stops it. */
  running: boolean
  /** What is waited for before it can be stopped (again). */
  busy: string | undefined
  disabled?: boolean
  /** What was sent last, brought back by ↑ in the empty editor. */
  lastSent: string | undefined
  onSend: (text: string) => void
  onStop: () => void
  /** Below the text, on the left: which agent answers. */
  tools: ReactNode
}

export function Composer(props: ComposerProps) {
  const { place, placeholder, running, busy, disabled = false, lastSent, onSend, onStop, tools } = props
  const [text, setText] = useDraft(place)
  const input = useRef<HTMLTextAreaElement>(null)
  const sendable = text.trim() !== '' && !running && !disabled

  useEffect(() => {
    // A touch keyboard that opens by itself hides what one came to read.
    if (matchMedia('(pointer: fine)').matches) input.current?.focus({ preventScroll: true })
  }, [place])

  const submit = () => {
    if (!sendable) return
    onSend(text.trim())
    setText('')
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    } else if (event.key === 'ArrowUp' && text === '' && lastSent) {
      event.preventDefault()
      setText(lastSent)
    }
  }

  return (
    <form
      className="rounded-xl border border-line-strong bg-surface transition-colors focus-within:border-subtle"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <textarea
        ref={input}
        id={composerId}
        aria-label={t('chat.message')}
        aria-describedby="composer-hint"
        className="block field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-4 pt-3.5 pb-1 text-base touch:text-[1rem] leading-6 outline-none placeholder:text-subtle"
        placeholder={placeholder}
        rows={1}
        maxLength={limits.messageLength}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        enterKeyHint="send"
      />
      <div className="flex items-center justify-between gap-2 p-2">
        <div className="flex min-w-0 items-center">{tools}</div>
        {running ? (
          <button
            type="button"
            className={actionClass}
            aria-label={busy ?? t('chat.stop')}
            data-tip={busy ?? t('chat.stop')}
            data-tip-keys={busy ? undefined : 'Esc'}
            disabled={busy !== undefined}
            onClick={onStop}
          >
            {busy ? <Spinner /> : <Square className="size-3.5 fill-current" aria-hidden />}
          </button>
        ) : (
          <button
            type="submit"
            className={cx(actionClass, !sendable && idleClass)}
            aria-label={t('chat.send')}
            aria-disabled={!sendable}
            data-tip={t('chat.send')}
            data-tip-keys="Enter"
          >
            <ArrowUp className="size-4.5" strokeWidth={2.25} aria-hidden />
          </button>
        )}
      </div>
      <p id="composer-hint" className="sr-only">
        {t('chat.hint')}
      </p>
    </form>
  )
}

/** Send and stop are one place, one shape and one colour. */
const actionClass =
  'flex size-9 touch:size-10 shrink-0 items-center justify-center rounded-lg bg-accent text-on-accent transition-colors hover:bg-accent-hover'
const idleClass = 'bg-hover! text-subtle!'
