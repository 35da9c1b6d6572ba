import { CSPProvider } from '@base-ui/react/csp-provider'
import { KickStartProvider } from '@kickstartmyai/client/react'
import { RouterProvider } from '@tanstack/react-router'
import { useState } from 'react'
import { TipLayer } from '../ui/tip-layer.tsx'
import { createWorld } from './create-world.ts'
import { ToastSlot } from '../ui/toast-slot.tsx'

export function App() {
  const [{ client, queryClient, router }] = useState(createWorld)
  return (
    <CSPProvider disableStyleElements>
      <KickStartProvider client={client} queryClient={queryClient}>
        <RouterProvider router={router} />
        <TipLayer />
        <ToastSlot />
      </KickStartProvider>
    </CSPProvider>
  )
}
