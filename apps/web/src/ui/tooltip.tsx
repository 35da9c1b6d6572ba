import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { Keys } from './keys.tsx'

interface TooltipProps {
  text: ReactNode
  /** Keys as in `['Mod', 'K']`. */
  keys?: readonly string[] | undefined
  side?: 'top' | 'right' | 'bottom' | 'left' | undefined
  /** The one element that is explained. It must carry its own accessible name. */
  children: ReactElement
}

export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="popup flex items-center gap-2 bg-ink px-2 py-1 text-xs text-on-ink shadow-none">
            {text}
            {keys && <Keys keys={keys} tone="onInk" />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export const TooltipProvider = ({ children }: { children: ReactNode }) => <Base.Provider delay={400}>{children}</Base.Provider>
