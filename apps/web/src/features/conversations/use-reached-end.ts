import { useEffect, useEffectEvent, useRef, type RefObject } from 'react'

/** Calls back whenever the element comes near the view. Put the reference on a small element after the list. */
export function useReachedEnd(onReach: () => void): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null)
  const reached = useEffectEvent(onReach)
  useEffect(() => {
    const element = end.current
    if (!element) return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && reached(), {
      rootMargin: '240px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  })
  return end
}
