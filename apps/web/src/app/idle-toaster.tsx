import { lazy, Suspense, useEffect, useState } from 'react'

const Toaster = lazy(() => import('../ui/toaster.tsx'))

/** Puts the toaster in when the browser has nothing better to do: the first page does not wait for it. */
export function IdleToaster() {
  const [ready, setReady] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), 1500)
    return () => clearTimeout(timer)
  }, [])
  return <Suspense>{ready && <Toaster />}</Suspense>
}
