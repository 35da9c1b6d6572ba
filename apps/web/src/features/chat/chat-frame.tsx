import type { ReactNode } from 'react'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { JumpToEnd } from './jump-to-end.tsx'
import { useStickToEnd } from './use-stick-to-end.ts'

interface ChatFrameProps {
  /** Names the scrolling region. */
  label: string
  children: ReactNode
  /** Given a way to the end, to be used when one sends. */
  composer: (toEnd: () => void) => ReactNode
}

/** A reading column that scrolls, with the composer fixed below it. */
export function ChatFrame({ label, children, composer }: ChatFrameProps) {
  const { scroller, content, atEnd, toEnd } = useStickToEnd()
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <ScrollRegion
        ref={scroller}
        label={label}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain -outline-offset-2 [overflow-anchor:none] [scrollbar-gutter:stable_both-edges]"
      >
        <div ref={content} className="mx-auto w-full max-w-read px-4 pt-6 pb-10 sm:px-6">
          {children}
        </div>
      </ScrollRegion>
      <div className="relative mx-auto w-full max-w-read px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-6 sm:pb-5">
        {/* What scrolls runs out below the composer instead of being cut. */}
        <div className="pointer-events-none absolute inset-x-0 -top-6 h-6 bg-linear-to-t from-bg to-transparent" />
        <JumpToEnd shown={!atEnd} onJump={() => toEnd('smooth')} />
        {composer(toEnd)}
      </div>
    </div>
  )
}
