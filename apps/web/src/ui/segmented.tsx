import { useId } from 'react'
import { cx } from './cx.ts'

interface SegmentedProps<Value extends string> {
  label: string
  /** Keeps the label for assistive technology alone. */
  hideLabel?: boolean
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  className?: string
}

/** One of a few, all in sight: a radio group drawn as a bar. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, hideLabel, value, options, onChange, className } = props
  const name = useId()
  return (
    <fieldset className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      <legend className={hideLabel ? 'sr-only' : 'mb-1.5 text-sm font-medium'}>{label}</legend>
      <div className="inline-flex w-fit max-w-full rounded-md border border-line bg-sunken p-0.5">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              'relative flex h-8 touch:h-10 cursor-pointer items-center rounded-[5px] border border-transparent px-3 text-sm text-muted',
              'transition-colors hover:text-fg has-checked:border-line has-checked:bg-surface has-checked:text-fg',
              'has-focus-visible:outline-2 has-focus-visible:outline-ring',
            )}
          >
            <input
              type="radio"
              name={name}
              className="absolute inset-0 cursor-pointer opacity-0"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
