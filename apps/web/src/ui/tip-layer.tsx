import { useEffect, useRef, useState } from 'react'
import { Keys } from './keys.tsx'

/** How long a pointer rests before its target is explained, in milliseconds. Focus by keyboard explains at once. */
const rest = 400
const gap = 6
const margin = 8

interface Tip {
  text: string
  keys: string[]
  target: HTMLElement
}

function tipOf(node: EventTarget | null): Tip | null {
  const target = node instanceof Element ? node.closest<HTMLElement>('[data-tip]') : null
  const text = target?.dataset['tip']
  return target && text ? { text, keys: target.dataset['tipKeys']?.split(' ') ?? [], target } : null
}

/**
 * One floating label for every control that carries `data-tip` (and `data-tip-keys`). It repeats what the control's
 * accessible name says already, so it is for the eyes alone, and costs a control nothing.
 */
export function TipLayer() {
  const [tip, setTip] = useState<Tip | null>(null)
  const label = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const show = (next: Tip | null, delay: number) => {
      clearTimeout(timer)
      if (next) timer = setTimeout(() => setTip(next), delay)
      else setTip(null)
    }
    const onOver = (event: PointerEvent) => event.pointerType === 'mouse' && show(tipOf(event.target), rest)
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) show(tipOf(event.target), 0)
    }
    const hide = () => show(null, 0)
    const controller = new AbortController()
    const options = { capture: true, passive: true, signal: controller.signal }
    document.addEventListener('pointerover', onOver, options)
    document.addEventListener('focusin', onFocus, options)
    for (const type of ['focusout', 'pointerdown', 'keydown', 'scroll']) document.addEventListener(type, hide, options)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [])

  useEffect(() => {
    if (!tip || !label.current) return
    const { x, y } = place(tip.target.getBoundingClientRect(), label.current.getBoundingClientRect())
    label.current.style.translate = `${x}px ${y}px`
    label.current.style.opacity = '1'
  }, [tip])

  if (!tip) return null
  return (
    <div
      ref={label}
      aria-hidden
      className="pointer-events-none fixed top-0 left-0 z-50 flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs whitespace-nowrap text-on-ink opacity-0 transition-opacity"
    >
      {tip.text}
      {tip.keys.length > 0 && <Keys keys={tip.keys} tone="onInk" />}
    </div>
  )
}

/** Below the target and centred, above where there is no room below, and always within the window. */
function place(target: DOMRect, label: DOMRect): { x: number; y: number } {
  const fits = target.bottom + gap + label.height + margin < innerHeight
  const middle = target.left + target.width / 2 - label.width / 2
  return {
    x: Math.max(margin, Math.min(middle, innerWidth - label.width - margin)),
    y: fits ? target.bottom + gap : target.top - gap - label.height,
  }
}
