import { Menu as Base } from '@base-ui/react/menu'
import { useRef } from 'react'
import { cx } from './cx.ts'
import type { MenuEntry, MenuProps } from './menu.tsx'

/** Opens as it is put in place: it is asked for by the first press. */
export default function MenuPopup({ trigger, entries, side = 'bottom', align = 'end', className }: MenuProps) {
  const place = useRef<HTMLSpanElement>(null)
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      {/* Beside its button and not at the end of the page, so that it is in the landmark in which it was opened. */}
      <span ref={place} className="contents" />
      <Base.Portal container={place}>
        <Base.Positioner positionMethod="fixed" side={side} align={align} sideOffset={4} className="z-50 outline-none">
          <Base.Popup
            className={cx('popup max-h-(--available-height) min-w-44 overflow-y-auto p-1 outline-none', className)}
          >
            {entries.map((entry, index) => (
              <Entry key={index} entry={entry} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const line = cx(
  'flex min-h-8 touch:min-h-10 w-full cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm outline-none select-none',
  'data-highlighted:bg-hover data-disabled:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0',
)

function Entry({ entry }: { entry: MenuEntry }) {
  switch (entry.kind) {
    case 'item':
      return (
        <Base.Item className={cx(line, entry.danger ? 'text-danger' : '[&>svg]:text-muted')} onClick={entry.onSelect}>
          {entry.icon}
          {entry.label}
        </Base.Item>
      )
    case 'choice':
      return (
        <Base.RadioGroup value={entry.value} onValueChange={entry.onChange} aria-label={entry.label}>
          {entry.options.map((option) => (
            <Base.RadioItem
              key={option.value}
              value={option.value}
              className={cx(line, 'data-checked:font-medium')}
              closeOnClick
            >
              <span className="min-w-0 flex-1">{option.label}</span>
              <Base.RadioItemIndicator className="size-1.5 shrink-0 rounded-full bg-accent-text" />
            </Base.RadioItem>
          ))}
        </Base.RadioGroup>
      )
    case 'heading':
      return <div className="truncate px-2.5 pt-1.5 pb-1 text-xs text-subtle">{entry.label}</div>
    case 'separator':
      return <Base.Separator className="mx-1 my-1 h-px bg-line" />
  }
}
