import { LoaderCircle } from 'lucide-react'
import { cx } from './cx.ts'

/** Decoration only: the words next to it say what is awaited. */
export const Spinner = ({ className }: { className?: string }) => (
  <LoaderCircle aria-hidden className={cx('size-4 shrink-0 animate-spin', className)} />
)
