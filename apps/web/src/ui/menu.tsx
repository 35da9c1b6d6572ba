import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

interface MenuProps {
  /** The button that opens it; it must carry its own accessible name. */
  trigger: ReactElement
  side?: 'top' | 'bottom'
  align?: 'start' | 'end'
  className?: string
  children: ReactNode
}

export function Menu({ trigger, side = 'bottom', align = 'end', className, children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={cx('popup max-h-(--available-height) min-w-44 overflow-y-auto p-1 outline-none', className)}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const item = cx(
  'flex min-h-8 touch:min-h-10 w-full cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm outline-none select-none',
  'data-highlighted:bg-hover data-disabled:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0',
)

interface MenuItemProps {
  onSelect: () => void
  danger?: boolean
  disabled?: boolean
  children: ReactNode
}

export const MenuItem = ({ onSelect, danger = false, disabled = false, children }: MenuItemProps) => (
  <Base.Item className={cx(item, danger ? 'text-danger' : '[&>svg]:text-muted')} disabled={disabled} onClick={onSelect}>
    {children}
  </Base.Item>
)

interface MenuChoiceProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: ReactNode }[]
  onChange: (value: Value) => void
}

/** One of several, ticked. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={cx(item, 'data-checked:font-medium')} closeOnClick>
          <span className="min-w-0 flex-1">{option.label}</span>
          <Base.RadioItemIndicator className="size-1.5 shrink-0 rounded-full bg-accent-text" />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export const MenuSeparator = () => <Base.Separator className="mx-1 my-1 h-px bg-line" />

export const MenuHeading = ({ children }: { children: ReactNode }) => (
  <div className="px-2.5 pt-1.5 pb-1 text-xs text-subtle">{children}</div>
)
