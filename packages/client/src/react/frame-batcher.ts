export interface FrameBatcher<Item> {
  add(item: Item): void
  /** Hands over what is waiting, now. */
  flush(): void
  /** Forgets what is waiting. */
  stop(): void
}

/** Collects items and hands them over once a frame, however fast they come; a few times a second in a hidden page. */
export function frameBatcher<Item>(onBatch: (items: Item[]) => void): FrameBatcher<Item> {
  let waiting: Item[] = []
  let callOff: (() => void) | null = null
  const stop = () => {
    callOff?.()
    callOff = null
    waiting = []
  }
  const flush = () => {
    const batch = waiting
    stop()
    if (batch.length > 0) onBatch(batch)
  }
  return {
    add(item) {
      waiting.push(item)
      callOff ??= nextFrame(flush)
    },
    flush,
    stop,
  }
}

/** A hidden page gets no frames, so a timer stands in. */
function nextFrame(run: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(run, 250)
    return () => clearTimeout(timer)
  }
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}
