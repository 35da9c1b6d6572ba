export interface ToastOptions {
  description?: string
  action?: { label: string; run: () => void }
  /** Milliseconds until it goes; 0 keeps it. */
  timeout?: number
}

/** Says something in passing at the foot of the window. What draws it is fetched the first time. */
export function toast(title: string, options: ToastOptions = {}): void {
  void import('./toaster.tsx').then(({ showToast }) => showToast(title, options))
}
