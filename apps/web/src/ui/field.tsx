import { useId, type ReactNode } from 'react'
import { cx } from './cx.ts'

export interface FieldControl {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

interface FieldProps {
  label: string
  hint?: ReactNode
  /** Said under the control and tied to it. */
  error?: string | undefined
  className?: string
  children: (control: FieldControl) => ReactNode
}

/** A label, a control, and what is to be said about it. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const note = `${id}-note`
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': error || hint ? note : undefined, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <p id={note} className="text-xs text-danger">
          {error}
        </p>
      ) : (
        hint && (
          <p id={note} className="text-xs text-subtle">
            {hint}
          </p>
        )
      )}
    </div>
  )
}
