import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { t } from '../i18n/t.ts'
import { iconButtonClass } from './icon-button.tsx'
import { takeToasts, type ToastRequest } from './toast.ts'

const manager = Toast.createToastManager()

function show({ title, description, action, timeout }: ToastRequest): void {
  const id = manager.add({
    title,
    ...(description !== undefined && { description }),
    ...(timeout !== undefined && { timeout }),
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          action.run()
          manager.close(id)
        },
      },
    }),
  })
}

export default function Toaster() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed inset-x-4 top-14 z-50 mx-auto flex max-w-sm flex-col gap-2 sm:top-4 sm:right-4 sm:left-auto sm:w-sm">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function Toasts() {
  useEffect(() => takeToasts(show), [])
  const { toasts } = Toast.useToastManager()
  return toasts.map((item) => (
    <Toast.Root key={item.id} toast={item} className="popup bg-ink text-on-ink data-limited:hidden">
      <Toast.Content className="flex items-center gap-2 py-2 pr-2 pl-4 text-sm">
        <div className="min-w-0 flex-1 py-1">
          <Toast.Title className="font-medium" />
          <Toast.Description className="text-on-ink/80" />
        </div>
        <Toast.Action className="h-8 touch:h-10 rounded-md px-2.5 font-semibold underline-offset-4 hover:underline" />
        <Toast.Close
          className={iconButtonClass('text-on-ink/70 hover:bg-on-ink/15 hover:text-on-ink')}
          aria-label={t('common.close')}
        >
          <X className="size-4" aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
