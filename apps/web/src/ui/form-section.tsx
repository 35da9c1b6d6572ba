import { useId, type ReactNode } from 'react'

interface FormSectionProps {
  title: string
  text?: ReactNode
  error?: string | undefined
  children: ReactNode
}

/** A part of a page: what it is about on the left, what can be set on the right. */
export function FormSection({ title, text, error, children }: FormSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid gap-x-10 gap-y-4 border-t border-line py-7 md:grid-cols-[15rem_1fr]">
      <div>
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {text && <p className="mt-1 text-sm text-muted">{text}</p>}
        {error && <p className="mt-1 text-sm text-danger">{error}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-5">{children}</div>
    </section>
  )
}
