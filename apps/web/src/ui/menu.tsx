import {
  cloneElement,
  lazy,
  Suspense,
  useState,
  type ComponentProps,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
} from 'react'

/** One line of a menu. */
export type MenuEntry =
  | { kind: 'item'; label: string; icon?: ReactNode; danger?: boolean; onSelect: () => void }
  /** One of several, ticked. */
  | {
      kind: 'choice'
      label: string
      value: string
      options: readonly { value: string; label: ReactNode }[]
      onChange: (value: string) => void
    }
  | { kind: 'heading'; label: string }
  | { kind: 'separator' }

export interface MenuProps {
  /** The button that opens it; it must carry its own accessible name. */
  trigger: ReactElement<ComponentProps<'button'>>
  entries: readonly MenuEntry[]
  side?: 'top' | 'bottom'
  align?: 'start' | 'end'
  className?: string
}

const load = () => import('./menu-popup.tsx')
const MenuPopup = lazy(load)

/**
 * A button that opens a menu. Until it is first pressed it is the bare button and costs a long list nothing; what pops up
 * is fetched when one comes near it.
 */
export function Menu({ trigger, ...rest }: MenuProps) {
  const [opened, setOpened] = useState(false)
  const open = () => setOpened(true)
  const near = () => void load()
  const bare = cloneElement(trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: near,
    onFocus: near,
    onClick: open,
    onKeyDown: (event: KeyboardEvent) => event.key === 'ArrowDown' && open(),
  })
  if (!opened) return bare
  return (
    <Suspense fallback={bare}>
      <MenuPopup trigger={trigger} {...rest} />
    </Suspense>
  )
}
