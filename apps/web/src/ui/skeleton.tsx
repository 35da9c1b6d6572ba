import { cx } from './cx.ts'

/** A place where content will be. Shown after a moment only, so that what is quick does not flash. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={cx('skeleton rounded-md bg-hover', className)} />
)
