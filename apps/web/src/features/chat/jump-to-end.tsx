import { ArrowDown } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { cx } from '../../ui/cx.ts'

interface JumpToEndProps {
  shown: boolean
  onJump: () => void
}

export const JumpToEnd = ({ shown, onJump }: JumpToEndProps) => (
  <button
    type="button"
    aria-label={t('chat.jumpToEnd')}
    tabIndex={shown ? 0 : -1}
    className={cx(
      'absolute -top-12 left-1/2 flex size-9 touch:size-10 -translate-x-1/2 items-center justify-center rounded-full bg-surface text-muted shadow-float',
      'transition-[opacity,visibility] hover:text-fg',
      !shown && 'invisible opacity-0',
    )}
    onClick={onJump}
  >
    <ArrowDown className="size-4" aria-hidden />
  </button>
)
