import type { ExecutionId } from '@kickstartmyai/contract'
import { useEffect, useEffectEvent } from 'react'
import { errorText } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { trpc } from '@kickstartmyai/client/react'
import { toast } from '../../ui/toast.ts'

interface Stop {
  stop: () => void
  stopping: boolean
}

/** Stops an execution by its button and by Escape. It is stopped when its last event says so, not before. */
export function useStop(executionId: ExecutionId | null): Stop {
  const cancel = trpc.executions.cancel.useMutation({
    onError: (error) => toast(t('chat.stopFailed'), { description: errorText(error).title }),
  })
  const stopping = executionId !== null && cancel.variables?.executionId === executionId && !cancel.isError
  const stop = () => {
    if (executionId && !stopping) cancel.mutate({ executionId })
  }
  const onEscape = useEffectEvent((event: KeyboardEvent) => {
    const elsewhere = event.defaultPrevented || document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')
    if (event.key === 'Escape' && !elsewhere) stop()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onEscape(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
  return { stop, stopping }
}
