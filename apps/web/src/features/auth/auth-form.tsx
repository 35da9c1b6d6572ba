import { useRef, useState, type FormEvent, type ReactNode } from 'react'
import { errorText, fieldIssues } from '../../i18n/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'

export type FieldErrors = Record<string, string>

interface AuthFormProps {
  submitLabel: string
  busy: boolean
  /** What the server refused, if it did. */
  error: unknown
  /** What is plainly missing, said before the server is asked; empty when nothing is. */
  check: (read: (name: string) => string) => FieldErrors
  onSubmit: (read: (name: string) => string) => void
  children: (errors: FieldErrors) => ReactNode
}

/** A form at the door: says what is wrong with which field, and puts the focus there. */
export function AuthForm({ submitLabel, busy, error, check, onSubmit, children }: AuthFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [missing, setMissing] = useState<FieldErrors>({})
  const errors = { ...fieldIssues(error), ...missing }
  const refusal = error && Object.keys(errors).length === 0 ? errorText(error) : null

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const read = (name: string) => {
      const value = data.get(name)
      return typeof value === 'string' ? value : ''
    }
    const found = check(read)
    setMissing(found)
    const [first] = Object.keys(found)
    if (first === undefined) onSubmit(read)
    else form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
  }

  return (
    <form ref={form} noValidate className="flex flex-col gap-4" onSubmit={submit}>
      {refusal && (
        <ErrorNotice title={refusal.title} reference={refusal.reference}>
          {refusal.text}
        </ErrorNotice>
      )}
      {children(errors)}
      <Button type="submit" variant="primary" busy={busy} className="mt-2 h-10">
        {submitLabel}
      </Button>
    </form>
  )
}
