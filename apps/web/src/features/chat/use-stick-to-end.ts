import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

/** How near to the end counts as being there, in CSS pixels. */
const near = 48

interface StickToEnd {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  /** Whether the view is at the end and follows it. */
  atEnd: boolean
  toEnd: (behavior?: ScrollBehavior) => void
}

/**
 * Keeps a scrolling view at its end while its content grows, and only while the person is there: scrolling up lets go,
 * coming back to the end takes hold again.
 */
export function useStickToEnd(): StickToEnd {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const holding = useRef(true)
  const [atEnd, setAtEnd] = useState(true)

  const toEnd = useCallback((behavior: ScrollBehavior = 'instant') => {
    const view = scroller.current
    if (!view) return
    holding.current = true
    setAtEnd(true)
    view.scrollTo({ top: view.scrollHeight, behavior })
  }, [])

  useEffect(() => {
    const view = scroller.current
    const inner = content.current
    if (!view || !inner) return
    let lastTop = view.scrollTop

    const onScroll = () => {
      const left = view.scrollHeight - view.scrollTop - view.clientHeight
      // Growth never scrolls up; a person does. Everything else is judged by where the view is.
      if (view.scrollTop < lastTop - 1 && left > 1) holding.current = false
      else if (left < near) holding.current = true
      lastTop = view.scrollTop
      setAtEnd(holding.current || left < near)
    }
    const follow = () => {
      if (holding.current) view.scrollTop = view.scrollHeight
    }
    const sizes = new ResizeObserver(follow)
    sizes.observe(inner)
    sizes.observe(view)
    view.addEventListener('scroll', onScroll, { passive: true })
    follow()
    return () => {
      sizes.disconnect()
      view.removeEventListener('scroll', onScroll)
    }
  }, [])

  return { scroller, content, atEnd, toEnd }
}
