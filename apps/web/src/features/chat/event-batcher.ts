interface EventBatcher<Event> {
  add(event: Event): void
  /** Hands over what is waiting, now. */
  flush(): void
  stop(): void
}

/** Collects events and hands them over once a frame; a few times a second where nothing is painted. */
export function eventBatcher<Event>(onBatch: (events: Event[]) => void): EventBatcher<Event> {
  let waiting: Event[] = []
  let cancel: (() => void) | null = null

  const flush = () => {
    cancel?.()
    cancel = null
    if (waiting.length === 0) return
    const batch = waiting
    waiting = []
    onBatch(batch)
  }
  return {
    add(event) {
      waiting.push(event)
      cancel ??= schedule(flush)
    },
    flush,
    stop() {
      cancel?.()
      cancel = null
      waiting = []
    },
  }
}

/** A hidden page gets no frames, so a timer stands in. */
function schedule(run: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(run, 250)
    return () => clearTimeout(timer)
  }
  const frame = requestAnimationFrame(run)
  return () => cancelAnimationFrame(frame)
}
