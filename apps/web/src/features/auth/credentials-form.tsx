import { limits } from '@kickstartmyai/contract'
import { useRef, useState, type FormEvent } from 'react'
import { errorText, fieldIssues } from '../../i18n/error-text.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Field } from '../../ui/field.tsx'
import { Input } from '../../ui/input.tsx'
import { checkCredentials, type CredentialErrors } from './check-credentials.ts'
import { PasswordInput } from './password-input.tsx'

export interface CredentialsInput {
  email: string
  password: string
  fullName?: string
}

interface CredentialsFormProps {
  isNew: boolean
  busy: boolean
  error: unknown
  onSubmit: (input: CredentialsInput) => void
}

/** E-mail and password, and for a new account a name. The first field that is wrong gets the focus. */
export function CredentialsForm({ isNew, busy, error, onSubmit }: CredentialsFormProps) {
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<CredentialErrors>({})
  const refused: CredentialErrors = { ...fieldIssues(error), ...errors }
  const refusal = error && Object.keys(refused).length === 0 ? errorText(error) : null

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const read = (name: string) => {
      const value = data.get(name)
      return typeof value === 'string' ? value : ''
    }
    const credentials = { email: read('email').trim(), password: read('password') }
    const found = checkCredentials(credentials, isNew)
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    const fullName = read('fullName').trim()
    onSubmit({ ...credentials, ...(fullName && { fullName }) })
  }

  return (
    <form ref={form} noValidate className="flex flex-col gap-4" onSubmit={submit}>
      {refusal && (
        <ErrorNotice title={refusal.title} reference={refusal.reference}>
          {refusal.text}
        </ErrorNotice>
      )}
      {isNew && (
        <Field label={`${t('auth.fullName')} (${t('common.optional')})`} error={refused.fullName}>
          {(control) => <Input {...control} name="fullName" autoComplete="name" maxLength={limits.fullNameLength} />}
        </Field>
      )}
      <Field label={t('auth.email')} error={refused.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="email"
            inputMode="email"
            maxLength={limits.emailLength}
            required
          />
        )}
      </Field>
      <Field
        label={t('auth.password')}
        hint={isNew ? t('auth.passwordHint', { count: limits.passwordMin }) : undefined}
        error={refused.password}
      >
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete={isNew ? 'new-password' : 'current-password'}
            maxLength={limits.passwordMax}
            required
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy} className="mt-2 h-10">
        {isNew ? t('auth.signUp') : t('auth.signIn')}
      </Button>
    </form>
  )
}
