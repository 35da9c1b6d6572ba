export interface ToastOptions {
  description?: string
  action?: { label: string; run: () => void }
  /** Milliseconds until it goes; 0 keeps it. */
  timeout?: number
}

export interface ToastRequest extends ToastOptions {
  title: string
}

type Listener = (request: ToastRequest) => void

const waiting: ToastRequest[] = []
let listener: Listener | null = null
let onFirst: (() => void) | null = null

/** Says something in passing in a corner of the window. What draws it is fetched the first time. */
export function toast(title: string, options: ToastOptions = {}): void {
  const request = { title, ...options }
  if (listener) return listener(request)
  waiting.push(request)
  onFirst?.()
}

/** Told when there is something to say and nobody to say it yet. Gives what ends that. */
export function onFirstToast(run: () => void): () => void {
  onFirst = run
  if (waiting.length > 0) run()
  return () => {
    onFirst = null
  }
}

/** Takes what is to be said, from what waits on. Gives what ends that. */
export function takeToasts(take: Listener): () => void {
  listener = take
  waiting.splice(0).forEach(take)
  return () => {
    listener = null
  }
}
