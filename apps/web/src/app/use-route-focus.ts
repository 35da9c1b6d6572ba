import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/**
 * After going to another page the focus goes to its content, as a browser would do it, unless the page has put it
 * somewhere better, as the chat does.
 */
export function useRouteFocus(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, toLocation }) => {
        if (!fromLocation || fromLocation.pathname === toLocation.pathname) return
        const main = document.getElementById('main')
        const modal = document.querySelector('[role=dialog],[role=alertdialog]')
        if (main && !modal && !main.contains(document.activeElement)) main.focus({ preventScroll: true })
      }),
    [router],
  )
}
