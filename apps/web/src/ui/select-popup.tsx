import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import { useRef } from 'react'
import { cx } from './cx.ts'
import type { SelectProps } from './select.tsx'

export default function SelectPopup<Value extends string>({
  id,
  label,
  value,
  options,
  onChange,
  className,
}: SelectProps<Value>) {
  const place = useRef<HTMLSpanElement>(null)
  return (
    <Base.Root items={[...options]} value={value} onValueChange={(next) => next !== null && onChange(next)}>
      <Base.Trigger
        id={id}
        aria-label={label}
        className={cx(
          'flex h-10 w-full items-center justify-between gap-2 rounded-md border border-line-strong bg-surface pr-2.5 pl-3',
          'text-left text-sm text-fg transition-colors hover:border-subtle data-popup-open:border-ring',
          className,
        )}
      >
        <Base.Value className="truncate" />
        <Base.Icon className="text-subtle">
          <ChevronsUpDown className="size-3.5" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      {/* Beside its button, so that it is in the landmark in which it was opened. */}
      <span ref={place} className="contents" />
      <Base.Portal container={place}>
        <Base.Positioner
          positionMethod="fixed"
          sideOffset={4}
          alignItemWithTrigger={false}
          className="z-50 outline-none"
        >
          <Base.Popup className="popup max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1 outline-none">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                className="flex min-h-9 touch:min-h-10 cursor-default items-center gap-2 rounded-md px-2.5 text-sm outline-none select-none data-highlighted:bg-hover"
              >
                <Base.ItemText className="flex-1 truncate">{option.label}</Base.ItemText>
                {option.note && <span className="text-xs text-subtle">{option.note}</span>}
                <span className="w-4">
                  <Base.ItemIndicator>
                    <Check className="size-4" aria-hidden />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
